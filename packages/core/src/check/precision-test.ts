import type { Backend } from "@paramat/backends";
import { ndarray } from "../array.js";
import { type Rng, rng } from "../rng.js";
import { leaves, rebuild, type Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { locate } from "./location.js";
import { maxAbs, normals, plus } from "./vectors.js";

export interface PrecisionOptions extends CheckOptions {
  /** The backend to compare with, of lower precision than x's. */
  readonly backend: Backend;
  /** The most that is let pass, in units of ε times condition. Default 64 √(n + m). */
  readonly limit?: number;
}

/**
 * f and Jᵀ ct on another backend against those on x's own, in units of its ε times ‖z‖ + ‖J·diag(x)‖: what rounding x alone would do to the result.
 * A value far above that loses digits that it need not lose (cancellation, overflow in between).
 * @param f must take its arrays' backend from x
 * @throws BackendError if f mixes in arrays of x's own backend, or a backend cannot be read without waiting
 * @remarks ‖J·diag(x)‖ is estimated from f at x with every entry's sign of rounding drawn at random, 8 times.
 */
export function precisionTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: PrecisionOptions): CheckResult {
  const { seed } = settle(options);
  return precision(flatFunction("precisionTest", f, x), f, x, options.backend, rng(seed), options.limit);
}

export function precision<X extends Tree, Z extends Tree>(
  exact: FlatFunction<X>,
  f: (x: X) => Z,
  x: X,
  backend: Backend,
  stream: Rng,
  limit?: number,
): CheckResult {
  const name = `on ${backend.name}`;
  const most = limit ?? 64 * Math.sqrt(exact.numIn + exact.numOut);
  const moved = rebuild(
    x,
    leaves(x).map((leaf) => ndarray(backend, leaf.toArray(), leaf.shape)),
  );
  const rough = flatFunction("precisionTest", f, moved);
  // Both start from the numbers that the other backend can hold.
  const start = rough.x;
  const ct = normals(stream, exact.numOut);
  const [here, there] = [exact.linearize(start), rough.linearize(start)];
  const [gradient, value] = [here.vjp(ct), here.value];
  const step = 2 ** Math.round(Math.log2(exact.epsilon) / 3);
  const condition = { value: maxAbs(value), gradient: maxAbs(gradient) };
  for (let trial = 0; trial < 8; trial++) {
    const nearby = exact.linearize(start.map((xi) => xi * (1 + (stream.int(2) === 0 ? -step : step))));
    condition.value = Math.max(condition.value, maxAbs(plus(nearby.value, -1, value)) / step);
    condition.gradient = Math.max(condition.gradient, maxAbs(plus(nearby.vjp(ct), -1, gradient)) / step);
  }
  const errors = [
    { what: "f(x)", expected: value, found: there.value, scale: condition.value, parts: exact.outputs, role: "output" as const },
    { what: "Jᵀ ct", expected: gradient, found: there.vjp(ct), scale: condition.gradient, parts: exact.inputs, role: "input" as const },
  ].map((side) => {
    const gaps = side.found.map((z, i) => Math.abs(z - (side.expected[i] as number)));
    // NaN where the other has a number is an error without bound.
    const at = gaps.findIndex(Number.isNaN) >= 0 ? gaps.findIndex(Number.isNaN) : gaps.indexOf(maxAbs(gaps));
    const gap = at < 0 ? 0 : (gaps[at] as number);
    const units = Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap === 0 ? 0 : gap / (backend.epsilon * side.scale);
    return { ...side, at, units };
  });
  const shown = errors.map(({ what, units }) => `${what} ${units.toPrecision(2)}`).join(", ");
  const worst = errors.reduce((a, b) => (b.units > a.units ? b : a));
  if (worst.units <= most) return checkResult(name, "ok", `errors in units of ε times condition: ${shown}`);
  return checkResult(name, "wrong", `errors in units of ε times condition: ${shown} (at most ${most.toPrecision(2)})`, {
    [worst.role]: locate(worst.parts, worst.at),
    expected: worst.expected[worst.at] as number,
    found: worst.found[worst.at] as number,
  });
}
