import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult, showError } from "./check-result.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { locate } from "./location.js";
import { direction } from "./probes.js";
import { maxAbs, plus, scaled } from "./vectors.js";

/**
 * f(a x + b y) = a f(x) + b f(y) for random x, y of the form of x and a, b of several sizes: f is linear in all of x together, so f(0) = 0.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 * @remarks Measured against |a| ‖f(x)‖ + |b| ‖f(y)‖ and the largest numbers on the way; the limit is 64 √(n + m) ε.
 */
export function linearityTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): CheckResult {
  const { seed, directions } = settle(options);
  return linearity(flatFunction("linearityTest", f, x), rng(seed), directions);
}

export function linearity<X extends Tree>(f: FlatFunction<X>, stream: Rng, directions: number): CheckResult {
  const name = "linear";
  const limit = 64 * Math.sqrt(f.numIn + f.numOut) * f.epsilon;
  const reach = maxAbs(f.value) > 0 ? f.magnitude / Math.max(maxAbs(f.x), Number.MIN_VALUE) : 1;
  let largest = 0;
  const compare = (what: string, expected: Float64Array, found: Float64Array, scale: number): CheckResult | null => {
    const gaps = found.map((z, i) => Math.abs(z - (expected[i] as number)));
    const error = maxAbs(gaps) === 0 ? 0 : maxAbs(gaps) / scale;
    largest = Math.max(largest, error);
    if (error <= limit) return null;
    const i = gaps.indexOf(maxAbs(gaps));
    return checkResult(name, "wrong", `${what}: error ${showError(error)} (at most ${showError(limit)})`, {
      output: locate(f.outputs, Math.max(0, i)),
      expected: expected[Math.max(0, i)] as number,
      found: found[Math.max(0, i)] as number,
    });
  };
  const zero = f.at(new Float64Array(f.numIn));
  const atZero = compare("f(0) is not 0", new Float64Array(f.numOut), zero, Math.max(maxAbs(f.value), Number.MIN_VALUE));
  if (atZero) return atZero;
  for (let round = 0; round < directions; round++) {
    const [x, y] = [direction(f, stream), direction(f, stream)];
    const [a, b] = [4 ** round * stream.normal(), stream.normal()];
    const [fx, fy] = [f.at(x), f.at(y)];
    const size = Math.abs(a) * (maxAbs(fx) + reach * maxAbs(x)) + Math.abs(b) * (maxAbs(fy) + reach * maxAbs(y));
    const broken = compare("f(ax + by) is not a f(x) + b f(y)", plus(scaled(fx, a), b, fy), f.at(plus(scaled(x, a), b, y)), size);
    if (broken) return broken;
  }
  return checkResult(name, "ok", `f(ax + by) = a f(x) + b f(y) to ${showError(largest)}`);
}
