import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { type ComparedSlope, drowned, type SlopePair, worstSlope } from "./compare-slope.js";
import { type Difference, difference } from "./difference.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { halve, only } from "./halve.js";
import { locate } from "./location.js";
import { probes } from "./probes.js";
import { slopeTally } from "./slope-tally.js";
import { ruleRounding } from "./sweep-scale.js";
import { dot, normals, scaled } from "./vectors.js";

export interface FiniteDifferenceResult extends CheckResult {
  readonly jvp: CheckResult;
  readonly vjp: CheckResult;
}

/**
 * J dx by `jvp`, and ⟨Jᵀ ct, dx⟩ by `vjp`, against extrapolated central differences: entry by entry of x, and in random directions.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 * @remarks Of more than `entries` entries a random sample is taken, and besides them a random direction in each leaf: an error in an entry that was
 * not sampled shows there, and is then found by halving. It is inconclusive where rounding drowns the change. Where f turns a corner it is
 * inconclusive too, if the derivative lies between the slopes to the two sides, and wrong if not. Cost: 6 runs of f and one forward sweep for each direction.
 */
export function finiteDifferenceTest<X extends Tree, Z extends Tree>(
  f: (x: X) => Z,
  x: X,
  options: CheckOptions = {},
): FiniteDifferenceResult {
  const { seed, directions, entries } = settle(options);
  const [jvp, vjp] = finiteDifferences(flatFunction("finiteDifferenceTest", f, x), rng(seed), directions, entries);
  const worst = vjp.verdict === "wrong" || jvp.verdict === "ok" ? vjp : jvp;
  return { ...checkResult("finite differences", worst.verdict, worst.summary, worst.offender), jvp, vjp, toString: () => `${jvp}\n${vjp}` };
}

/** The results for jvp and for vjp. */
export function finiteDifferences<X extends Tree>(
  f: FlatFunction<X>,
  stream: Rng,
  directions: number,
  entries: number,
): [jvp: CheckResult, vjp: CheckResult] {
  const J = f.linearize(f.x);
  // Cotangents and tangents of several sizes: a rule that is not linear in them is right at one size only.
  const cts = Array.from({ length: directions }, (_, i) => scaled(normals(stream, f.numOut), 4 ** i));
  const gradients = cts.map((ct) => J.vjp(ct));
  const rules = [
    {
      tally: slopeTally("jvp = differences"),
      compare: (d: Float64Array, factor: number, slope: Difference) => forward(f, d, scaled(J.jvp(scaled(d, factor)), 1 / factor), slope),
      outputOf: (compared: ComparedSlope) => ({ output: locate(f.outputs, compared.index) }),
    },
    {
      tally: slopeTally("vjp = differences"),
      compare: (d: Float64Array, _factor: number, slope: Difference) =>
        reverse(
          f,
          d,
          cts,
          gradients.map((g) => dot(g, d)),
          slope,
        ),
      outputOf: () => ({}),
    },
  ] as const;
  for (const { d, factor, position } of probes(f, stream, directions, entries)) {
    const slope = difference(f.at, f.x, f.value, d, f);
    for (const { tally, compare, outputOf } of rules) {
      if (!slope) {
        tally.addEdge();
        continue;
      }
      const compared = clearest(compare(d, factor, slope), () =>
        [2 ** -2, 2 ** -5].map((h) => {
          const wide = difference(f.at, f.x, f.value, d, f, h);
          return wide && compare(d, factor, wide);
        }),
      );
      // An empty result has no slope to compare.
      if (!compared) continue;
      tally.add(
        compared,
        position === null
          ? { input: null, step: 1 }
          : { input: locate(f.inputs, position), step: d[position] as number, ...outputOf(compared) },
      );
      if (compared.verdict !== "wrong" || position !== null || tally.hasOffender()) continue;
      const again = (part: Float64Array): ComparedSlope | null => {
        const partSlope = difference(f.at, f.x, f.value, part, f);
        return partSlope && compare(part, factor, partSlope);
      };
      const blamed = halve(d, (part) => again(part)?.verdict === "wrong");
      const alone = blamed === null ? null : again(only(d, [blamed]));
      if (blamed !== null && alone) tally.add(alone, { input: locate(f.inputs, blamed), step: d[blamed] as number, ...outputOf(alone) });
    }
  }
  return [rules[0].tally.result(), rules[1].tally.result()];
}

/** What was compared, or where rounding drowned it what longer steps show. */
function clearest(compared: ComparedSlope | null, again: () => readonly (ComparedSlope | null)[]): ComparedSlope | null {
  if (compared?.doubt !== "noise") return compared;
  return again().find((wide) => wide && wide.doubt === null) ?? compared;
}

/** J d against differences, entry by entry of f(x). */
function forward<X extends Tree>(f: FlatFunction<X>, d: Float64Array, tangent: Float64Array, by: Difference): ComparedSlope | null {
  const pairs = Array.from(
    by.slope,
    (expected, c): SlopePair => ({
      expected,
      found: tangent[c] as number,
      error: by.error,
      sides: [by.left[c] as number, by.right[c] as number],
      kinked: by.kinked[c] as boolean,
      magnitude: f.magnitude,
      epsilon: f.epsilon,
    }),
  );
  const worst = worstSlope(pairs);
  const ones = new Float64Array(f.numOut).fill(1);
  return worst?.verdict === "ok" ? (drowned(pairs, () => ruleRounding(f, d, ones)) ?? worst) : worst;
}

/** ⟨Jᵀ ct, d⟩ against ⟨ct, differences⟩. */
function reverse<X extends Tree>(
  f: FlatFunction<X>,
  d: Float64Array,
  cts: readonly Float64Array[],
  found: readonly number[],
  by: Difference,
): ComparedSlope | null {
  const pairs = cts.map((ct, k): SlopePair => {
    const total = ct.reduce((sum, c) => sum + Math.abs(c), 0);
    const sides = Array.from(ct, (c, i) => [c * (by.left[i] as number), c * (by.right[i] as number)] as const);
    return {
      expected: dot(ct, by.slope),
      found: found[k] as number,
      error: by.error * total,
      sides: [sides.reduce((s, ends) => s + Math.min(...ends), 0), sides.reduce((s, ends) => s + Math.max(...ends), 0)],
      kinked: by.kinked.some((kinked, i) => kinked && ct[i] !== 0),
      magnitude: f.magnitude * total,
      epsilon: f.epsilon,
    };
  });
  const worst = worstSlope(pairs);
  if (worst?.verdict !== "ok") return worst;
  // Terms of ⟨ct, differences⟩ may cancel: each by itself is a change that was seen.
  const sizes = cts.map((ct) => ct.reduce((sum, c, i) => sum + Math.abs(c * (by.slope[i] as number)), 0));
  const lost = pairs
    .map((pair, k) => drowned([pair], () => ruleRounding(f, d, cts[k] as Float64Array), sizes[k]))
    .find((found) => found !== null);
  return lost ?? worst;
}
