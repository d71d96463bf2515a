import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { difference } from "./difference.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { direction } from "./probes.js";
import { dot, maxAbs, normals } from "./vectors.js";

/**
 * A leaf of x whose cotangent is zero throughout has none by differences either. A leaf that f reads past the tape (`stopGradient`, `.array`,
 * `toArray()`) is caught here, and named.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 */
export function structuralZerosTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): CheckResult {
  const { seed } = settle(options);
  return structuralZeros(flatFunction("structuralZerosTest", f, x), rng(seed));
}

export function structuralZeros<X extends Tree>(f: FlatFunction<X>, stream: Rng): CheckResult {
  const name = "zero derivatives";
  const ct = normals(stream, f.numOut);
  const gradient = f.linearize(f.x).vjp(ct);
  const total = ct.reduce((sum, c) => sum + Math.abs(c), 0);
  const zero = f.inputs.filter(({ start, size }) => size > 0 && maxAbs(gradient.subarray(start, start + size)) === 0);
  for (const leaf of zero) {
    const by = difference(f.at, f.x, f.value, direction(f, stream, leaf.start, leaf.start + leaf.size), f);
    if (!by) continue;
    const expected = dot(ct, by.slope);
    // At a corner or a jump one side may be flat, and a zero is then a fair answer.
    const isFlatToOneSide = by.kinked.every(
      (kinked, c) => !kinked || (by.left[c] as number) * (by.right[c] as number) <= 0 || by.left[c] === 0 || by.right[c] === 0,
    );
    if (by.kinked.some(Boolean) && isFlatToOneSide) continue;
    if (Math.abs(expected) <= 20 * by.error * total) continue;
    return checkResult(
      name,
      "wrong",
      `the tape finds no way from ${leaf.name} to f(x), which changes with it: is it detached (stopGradient, .array, toArray)?`,
      {
        input: { name: leaf.name, index: [] },
        expected,
        found: 0,
      },
    );
  }
  return checkResult(
    name,
    "ok",
    zero.length === 0 ? "no leaf has one" : `${zero.map(({ name }) => name).join(", ")}: zero by differences too`,
  );
}
