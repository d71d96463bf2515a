import type { Rng } from "../rng.js";
import { rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult, type Offender, relativeError, showError, type Verdict } from "./check-result.js";
import { compareSlope, type Doubt, type SlopePair } from "./compare-slope.js";
import { type Difference, difference } from "./difference.js";
import { type FlatFunction, type FlatLinearization, flatFunction } from "./flat-function.js";
import { locate, showLocation } from "./location.js";
import { probes } from "./probes.js";
import { dot, normals, scaled } from "./vectors.js";

export interface FiniteDifferenceResult extends CheckResult {
  readonly jvp: CheckResult;
  readonly vjp: CheckResult;
}

/**
 * J dx by `jvp`, and ⟨Jᵀ ct, dx⟩ by `vjp`, against extrapolated central differences: entry by entry of x, and in random directions.
 * @remarks Of more than `entries` entries a random sample is taken, and besides them a random direction in each leaf: an error in an entry that was
 * not sampled shows there, and is then found by halving. Where f turns a corner the result is inconclusive (see `compareSlope`).
 * Cost: 6 runs of f and one sweep for each direction.
 */
export function finiteDifferenceTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): FiniteDifferenceResult {
  const { seed, directions, entries } = settle(options);
  const [jvp, vjp] = finiteDifferences(flatFunction("finiteDifferenceTest", f, x), rng(seed), directions, entries);
  const worst = vjp.verdict === "wrong" || jvp.verdict === "ok" ? vjp : jvp;
  return { ...checkResult("finite differences", worst.verdict, worst.summary, worst.offender), jvp, vjp, toString: () => `${jvp}\n${vjp}` };
}

/** The same, as results for jvp and for vjp. */
export function finiteDifferences<X extends Tree>(f: FlatFunction<X>, stream: Rng, directions: number, entries: number): [CheckResult, CheckResult] {
  const J = f.linearize(f.x);
  // Rules that are right at one scale only are seen at another.
  const cts = Array.from({ length: directions }, (_, i) => scaled(normals(stream, f.numOut), 4 ** i));
  const gradients = cts.map((ct) => J.vjp(ct));
  const jvp = tally("jvp = differences");
  const vjp = tally("vjp = differences");
  const compareAlong = (d: Float64Array, factor: number): [Compared, Compared] | null => {
    const slope = difference(f.at, f.x, f.value, d, f);
    return slope && [compareForward(f, J, d, factor, slope), compareReverse(f, cts, gradients, d, slope)];
  };
  for (const { d, factor, position } of probes(f, stream, directions, entries)) {
    const compared = compareAlong(d, factor);
    for (const [i, counted] of [jvp, vjp].entries()) {
      const pair = compared?.[i];
      if (!pair) {
        counted.edge(position);
        continue;
      }
      const at = pair.verdict === "wrong" && position === null && !counted.hasOffender() ? halve(d, (part) => compareAlong(part, factor)?.[i]?.verdict === "wrong") : position;
      const shown = at !== null && at !== position ? (compareAlong(entryOf(d, at), factor)?.[i] ?? pair) : pair;
      counted.add(shown, at, f, at === null ? 1 : (at === position ? d[at] : entryOf(d, at)[at]) as number);
    }
  }
  return [jvp.result(), vjp.result()];
}

interface Compared {
  readonly verdict: Verdict;
  readonly doubt?: Doubt;
  readonly pair: SlopePair;
  readonly output: number | null;
}

function compareForward<X extends Tree>(f: FlatFunction<X>, J: FlatLinearization, d: Float64Array, factor: number, by: Difference): Compared {
  const tangent = scaled(J.jvp(scaled(d, factor)), 1 / factor);
  return worstOf(
    Array.from(by.slope, (expected, c) => ({
      expected,
      found: tangent[c] as number,
      error: by.error,
      sides: [by.left[c] as number, by.right[c] as number] as const,
      kinked: by.kinked[c] as boolean,
      magnitude: f.magnitude,
      epsilon: f.epsilon,
    })),
    true,
  );
}

function compareReverse<X extends Tree>(
  f: FlatFunction<X>,
  cts: readonly Float64Array[],
  gradients: readonly Float64Array[],
  d: Float64Array,
  by: Difference,
): Compared {
  return worstOf(
    cts.map((ct, k) => {
      const total = ct.reduce((sum, c) => sum + Math.abs(c), 0);
      const ends = Array.from(ct, (c, i) => [c * (by.left[i] as number), c * (by.right[i] as number)] as const);
      return {
        expected: dot(ct, by.slope),
        found: dot(gradients[k] as Float64Array, d),
        error: by.error * total,
        sides: [ends.reduce((s, e) => s + Math.min(...e), 0), ends.reduce((s, e) => s + Math.max(...e), 0)] as const,
        kinked: by.kinked.some((kinked, i) => kinked && ct[i] !== 0),
        magnitude: f.magnitude * total,
        epsilon: f.epsilon,
      };
    }),
    false,
  );
}

function worstOf(pairs: readonly SlopePair[], named: boolean): Compared {
  let worst: Compared | null = null;
  pairs.forEach((pair, c) => {
    const compared: Compared = { ...compareSlope(pair), pair, output: named ? c : null };
    if (worst === null || isWorse(compared, worst)) worst = compared;
  });
  return worst ?? { verdict: "ok", pair: { expected: 0, found: 0, error: 0, sides: [0, 0], kinked: false, magnitude: 0, epsilon: 0 }, output: null };
}

const order: readonly Verdict[] = ["ok", "inconclusive", "wrong"];

function isWorse(a: Compared, b: Compared): boolean {
  if (a.verdict !== b.verdict) return order.indexOf(a.verdict) > order.indexOf(b.verdict);
  return Math.abs(a.pair.expected - a.pair.found) > Math.abs(b.pair.expected - b.pair.found);
}

/** The one entry that is left when every direction that is wrong is halved into one that still is; null where none of two halves is. */
function halve(d: Float64Array, isWrong: (d: Float64Array) => boolean): number | null {
  let active = Array.from(d.keys()).filter((i) => d[i] !== 0);
  while (active.length > 1) {
    const middle = active.length >> 1;
    const part = [active.slice(0, middle), active.slice(middle)].find((half) => isWrong(only(d, half)));
    if (!part) return null;
    active = part;
  }
  return active[0] ?? null;
}

function only(d: Float64Array, positions: readonly number[]): Float64Array {
  const part = new Float64Array(d.length);
  for (const i of positions) part[i] = d[i] as number;
  return part;
}

function entryOf(d: Float64Array, position: number): Float64Array {
  return only(d, [position]);
}

function tally(name: string) {
  let worst: { readonly compared: Compared; readonly offender: Offender | undefined } | null = null;
  let largest = 0;
  let numDirections = 0;
  let atEdge = 0;
  let kink: string | null = null;
  let noisy = 0;
  return {
    hasOffender: () => worst?.offender !== undefined,
    edge(position: number | null): void {
      numDirections++;
      if (position !== null || atEdge === 0) atEdge++;
    },
    add<X extends Tree>(compared: Compared, at: number | null, f: FlatFunction<X>, step: number): void {
      numDirections++;
      const { verdict, doubt, pair, output } = compared;
      const { expected, found, sides, magnitude } = pair;
      if (verdict === "ok" && expected !== found) largest = Math.max(largest, Math.abs(expected - found) / Math.max(Math.abs(expected), Math.abs(found), magnitude));
      if (doubt === "noise") noisy++;
      const input = at === null ? null : locate(f.inputs, at);
      if (doubt === "kink") kink ??= `${input ? showLocation(input) : "a random direction"} has slope ${slope(sides[0] / step)} to one side and ${slope(sides[1] / step)} to the other`;
      if (verdict !== "wrong") return;
      const offender: Offender | undefined = input
        ? { input, ...(output === null ? {} : { output: locate(f.outputs, output) }), expected: expected / step, found: found / step }
        : undefined;
      const gains = !worst || (offender && !worst.offender) || (Boolean(offender) === Boolean(worst.offender) && isFurther(pair, worst.compared.pair));
      if (gains) worst = { compared, offender };
    },
    result(): CheckResult {
      if (worst) {
        const { expected, found } = worst.compared.pair;
        const where = worst.offender ? "" : " in a random direction";
        return checkResult(name, "wrong", `relative error ${showError(relativeError(expected, found))}${where}`, worst.offender);
      }
      if (kink) return checkResult(name, "inconclusive", `x seems to lie at a kink: ${kink}`);
      if (noisy > 0) return checkResult(name, "inconclusive", `rounding drowns the differences in ${noisy} of ${numDirections} directions`);
      if (atEdge > 0) return checkResult(name, "inconclusive", `f is not finite on both sides of x in ${atEdge} of ${numDirections} directions: x seems to lie at the edge of its domain`);
      return checkResult(name, "ok", `error ${showError(largest)} over ${numDirections} directions`);
    },
  };
}

function slope(x: number): string {
  return String(Number(x.toPrecision(3)));
}

function isFurther(a: SlopePair, b: SlopePair): boolean {
  return relativeError(a.expected, a.found) > relativeError(b.expected, b.found);
}
