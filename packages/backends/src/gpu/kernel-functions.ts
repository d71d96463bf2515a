import type { KernelFunction } from "./driver.js";
import { integer } from "./launch.js";
import { mathFunctions } from "./math/math-functions.js";

/**
 * ⌊a/b⌋ of integers, a ≥ 0, b > 0. There is no division of integers in gpu.js, and float32 is exact to 2²⁴ only: the first quotient is off by a relative 2⁻²²
 * or so, what remains is divided again, and the last step mends what rounding near an integer left.
 */
const quotient: KernelFunction = {
  source: `function quotient(a, b) {
    ${integer("q", "floored(a, b)")}
    ${integer("r", "a - q * b")}
    q = q + floored(r, b);
    r = a - q * b;
    if (r < 0) { q = q - 1; }
    if (r >= b) { q = q + 1; }
    return q;
  }`,
  integers: ["a", "b"],
  returnsInteger: true,
};

const floored: KernelFunction = {
  source: "function floored(a, b) { return Math.floor(a / b); }",
  integers: ["a", "b"],
  returnsInteger: true,
};

/** x, which stands for a position, as an integer: to the nearest, if it is near. From 2²³ on x + ½ is no float32, and may be rounded to x + 1. */
const whole: KernelFunction = {
  source: "function whole(x) { return Math.floor(x + 0.25); }",
  integers: [],
  returnsInteger: true,
};

/** What every kernel may call, in an order in which each calls only those before it. */
const known = [floored, quotient, whole, ...mathFunctions].map((definition) => ({
  definition,
  call: new RegExp(`\\b${nameOf(definition)}\\(`),
}));

/** The functions that `code` calls, and those that they call. */
export function functionsUsed(code: string): readonly KernelFunction[] {
  const used: KernelFunction[] = [];
  let text = code;
  for (const { definition, call } of known.toReversed()) {
    if (!call.test(text)) continue;
    used.unshift(definition);
    text += definition.source;
  }
  return used;
}

function nameOf({ source }: KernelFunction): string {
  return /^function (\w+)\(/.exec(source)![1]!;
}
