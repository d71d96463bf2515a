import { add } from "../ops/add.js";
import { mul } from "../ops/mul.js";
import { sum } from "../ops/sum.js";
import { type Rng, rng } from "../rng.js";
import { grad } from "../transforms/grad.js";
import { hvp } from "../transforms/hvp.js";
import { jvp } from "../transforms/jvp.js";
import type { Tree } from "../tree.js";
import { zipLeaves } from "../tree.js";
import type { Value } from "../value.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult, type Offender, relativeError, showError } from "./check-result.js";
import { compareSlope } from "./compare-slope.js";
import { difference } from "./difference.js";
import { type FlatFunction, flatFunction, flatten } from "./flat-function.js";
import { locate } from "./location.js";
import { direction } from "./probes.js";
import { slopeTally } from "./slope-tally.js";
import { dot, maxAbs, normals, times } from "./vectors.js";

export interface SecondOrderResult extends CheckResult {
  /** H v, forward over reverse, against differences of gradients. */
  readonly differences: CheckResult;
  /** H v in three modes. */
  readonly modes: CheckResult;
  readonly symmetry: CheckResult;
}

/**
 * H v of ⟨ct, f⟩ with random ct and v: forward over reverse, reverse over forward and reverse over reverse agree to rounding, and with extrapolated
 * differences of gradients; and ⟨u, H v⟩ = ⟨v, H u⟩.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting
 */
export function secondOrderTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): SecondOrderResult {
  const { seed, directions } = settle(options);
  const parts = secondOrder(flatFunction("secondOrderTest", f, x), rng(seed), directions);
  const [differences, modes, symmetry] = parts;
  const worst = parts.find((r) => r.verdict === "wrong") ?? parts.find((r) => r.verdict === "inconclusive") ?? differences;
  return {
    ...checkResult("second order", worst.verdict, worst.summary, worst.offender),
    differences,
    modes,
    symmetry,
    toString: () => parts.join("\n"),
  };
}

export function secondOrder<X extends Tree>(f: FlatFunction<X>, stream: Rng, directions: number): [CheckResult, CheckResult, CheckResult] {
  const differences = slopeTally("hvp = differences", "entries");
  const modes = worstGap("hvp in 3 modes");
  const symmetry = worstGap("H = Hᵀ");
  for (let round = 0; round < directions; round++) {
    const ct = normals(stream, f.numOut);
    const g = f.contracted(ct);
    const [u, v] = [direction(f, stream), direction(f, stream)] as const;
    const [x, vTree] = [f.tree(f.x), f.tree(v)];
    // Each entry of a gradient is measured in the units of x: then all are in the unit of f and may be compared.
    const measured = (tree: Tree) => times(flatten(tree), f.unit);
    const gradient = (p: Float64Array) => measured(grad(g)(f.tree(p)));
    const atX = gradient(f.x);
    const magnitude = f.magnitude * ct.reduce((total, c) => total + Math.abs(c), 0);
    const forwardOverReverse = measured(hvp(g, x, vTree));
    const by = difference(gradient, f.x, atX, v, { epsilon: f.epsilon, magnitude: Math.max(magnitude, maxAbs(atX)) });
    forwardOverReverse.forEach((found, i) => {
      if (!by) return differences.addEdge();
      const pair = {
        expected: by.slope[i] as number,
        found,
        error: by.error,
        sides: [by.left[i] as number, by.right[i] as number] as const,
        kinked: by.kinked[i] as boolean,
        magnitude,
        epsilon: f.epsilon,
      };
      differences.add(compareSlope(pair), { input: locate(f.inputs, i), step: f.unit[i] as number });
    });
    const rounding = 1e4 * f.epsilon * (magnitude + maxAbs(atX));
    const others: readonly (readonly [string, X])[] = [
      ["reverse over forward", grad((at: X) => jvp(g, at, vTree).tangent)(x)],
      ["reverse over reverse", grad((at: X) => inner(grad(g)(at), vTree))(x)],
    ];
    for (const [mode, tree] of others) {
      const limit = f.epsilon ** 0.6 * maxAbs(forwardOverReverse) + rounding;
      measured(tree).forEach((found, i) => {
        const unit = f.unit[i] as number;
        modes.add((forwardOverReverse[i] as number) / unit, found / unit, limit / unit, mode, () => ({ input: locate(f.inputs, i) }));
      });
    }
    const Hu = measured(hvp(g, x, f.tree(u)));
    const [left, right] = [
      dot(
        u.map((ui, i) => ui / (f.unit[i] as number)),
        forwardOverReverse,
      ),
      dot(
        v.map((vi, i) => vi / (f.unit[i] as number)),
        Hu,
      ),
    ];
    const size = Math.max(maxAbs(forwardOverReverse), maxAbs(Hu)) * Math.max(1, f.numIn);
    symmetry.add(left, right, f.epsilon ** 0.6 * size + rounding * f.numIn, "⟨u, Hv⟩ and ⟨v, Hu⟩", () => ({}));
  }
  return [differences.result(), modes.result(), symmetry.result()];
}

function inner(a: Tree, b: Tree): Value {
  return zipLeaves("secondOrderTest", a, b)
    .map(([ai, bi]) => sum(mul(ai, bi)))
    .reduce((total, term) => add(total, term));
}

/** Gathers pairs that must agree to rounding. */
function worstGap(name: string) {
  let largest = 0;
  let worst: { readonly excess: number; readonly what: string; readonly offender: Offender } | null = null;
  return {
    add(expected: number, found: number, limit: number, what: string, place: () => Omit<Offender, "expected" | "found">): void {
      const gap = Math.abs(expected - found);
      largest = Math.max(largest, gap);
      // A gap that is NaN is beyond every limit.
      if (!(gap <= limit) && (worst === null || gap / limit > worst.excess))
        worst = { excess: gap / limit, what, offender: { ...place(), expected, found } };
    },
    result(): CheckResult {
      if (worst === null) return checkResult(name, "ok", `agree to ${showError(largest)}`);
      const { offender, what } = worst;
      return checkResult(name, "wrong", `${what}: relative error ${showError(relativeError(offender.expected, offender.found))}`, offender);
    },
  };
}
