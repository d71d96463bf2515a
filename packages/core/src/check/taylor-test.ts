import { type Rng, rng } from "../rng.js";
import { hvp } from "../transforms/hvp.js";
import type { Tree } from "../tree.js";
import { type CheckResult, checkResult, type Verdict } from "./check-result.js";
import { compareSlope, drowned } from "./compare-slope.js";
import { difference } from "./difference.js";
import { type FlatFunction, flatFunction, flatten } from "./flat-function.js";
import { type ObservedOrder, observedOrder } from "./observed-order.js";
import { direction } from "./probes.js";
import { roundingNoise } from "./rounding-noise.js";
import { ruleRounding } from "./sweep-scale.js";
import { type TaylorRow, taylorTable } from "./taylor-table.js";
import { dot, normals, plus } from "./vectors.js";

export interface TaylorOptions<X extends Tree> {
  /** Default 20. */
  readonly seed?: number;
  /** v, of the form of x; random and about as large as x if left out. */
  readonly direction?: X;
  /** 1 looks at the first derivative, 2 also at the second. Default 2. */
  readonly order?: 1 | 2;
  /** h = 1, ½, ¼, …: how many. Default 25 in float64, 12 in float32. */
  readonly steps?: number;
}

export interface TaylorResult extends CheckResult {
  readonly rows: readonly TaylorRow[];
  /** With h: about 1, 2 and 3; null where a remainder is at the level of rounding from the start. */
  readonly orders: readonly (number | null)[];
  /** The first and the second derivative by themselves. */
  readonly first: CheckResult;
  readonly second: CheckResult | null;
}

/**
 * The remainders |g(x+hv) − g(x)|, |… − h J v| and |… − h²/2 vᵀHv| for h = 1, ½, ¼, … and the orders with which they vanish: 1, 2 and 3.
 * g is f if that gives one number, else ⟨ct, f⟩ with random ct. J v is by forward mode, H v by forward over reverse.
 * @returns ok if the orders are ≥ 1.9 and ≥ 2.9 over the last five steps before rounding, or the remainders are at the level of rounding; also if
 * the steps are still too long to show the order, but by extrapolation to h = 0 no term of the order before is left, or the shortest steps show it;
 * inconclusive if a kink, or rounding, is what bends them: differences across shorter steps agree
 * @throws ShapeError if x holds no array or `direction` is not of its form; BackendError if its backend cannot be read without waiting
 */
export function taylorTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: TaylorOptions<X> = {}): TaylorResult {
  const flat = flatFunction("taylorTest", f, x);
  const stream = rng(options.seed ?? 20);
  const v = options.direction ? flat.flattenInput(options.direction) : direction(flat, stream);
  return taylor(flat, stream, v, options.order ?? 2, options.steps);
}

export function taylor<X extends Tree>(
  f: FlatFunction<X>,
  stream: Rng,
  v: Float64Array,
  order: 1 | 2,
  steps = f.epsilon < 1e-10 ? 25 : 12,
): TaylorResult {
  const ct = f.numOut === 1 ? Float64Array.of(1) : normals(stream, f.numOut);
  const g = (p: Float64Array) => dot(ct, f.at(p));
  const J = f.linearize(f.x);
  const at = dot(ct, f.value);
  const slope = dot(ct, J.jvp(v));
  const curvature = order === 2 ? dot(v, flatten(hvp(f.contracted(ct), f.tree(f.x), f.tree(v)))) : 0;
  const signed = Array.from({ length: steps }, (_, k) => {
    const h = 2 ** -k;
    const change = g(plus(f.x, h, v)) - at;
    return { h, remainders: [change, change - h * slope, change - h * slope - (h * h * curvature) / 2].slice(0, order + 1) };
  });
  const rows: readonly TaylorRow[] = signed.map(({ h, remainders }) => ({ h, remainders: remainders.map(Math.abs) }));
  const size = ct.reduce((sum, c, i) => sum + Math.abs(c * (f.value[i] as number)), 0);
  // x + hv is rounded too, which f passes on.
  const passedOn = J.vjp(ct).reduce((sum, gi, i) => sum + Math.abs(gi * (f.x[i] as number)), 0);
  const noise = Math.max(roundingNoise(g, f.x, v, f.epsilon), f.epsilon * (size + passedOn));
  const observed = (k: number, level: number) =>
    observedOrder(
      signed.map(({ h, remainders }) => [h, remainders[k] as number]),
      k,
      level,
    );
  const orders = Array.from({ length: order + 1 }, (_, k) => observed(k, noise));
  const magnitude = f.magnitude * ct.reduce((sum, c) => sum + Math.abs(c), 0);
  // The table of differences misses rounding in steps wider than its spacing (1 + erf x far out); it is at most about this.
  const above = (k: number) => observed(k, Math.max(noise, f.epsilon * magnitude));
  const [, one, two] = orders as [ObservedOrder, ObservedOrder, ObservedOrder | undefined];
  const first = judge("Taylor, first order", one, 1.9, above, () => doubtFirst(f, ct, g, at, v, slope, magnitude));
  const second = two
    ? judge("Taylor, second order", two, 2.9, above, () =>
        first.ok ? doubtSecond(rows, two, noise) : "cannot be judged: the first derivative is wrong",
      )
    : null;
  const verdicts = [first.verdict, second?.verdict ?? "ok"];
  const verdict: Verdict = verdicts.includes("wrong") ? "wrong" : verdicts.includes("inconclusive") ? "inconclusive" : "ok";
  const summary = [first, second].flatMap((r) => (r ? [r.summary] : [])).join("; ");
  return {
    ...checkResult("Taylor", verdict, summary),
    rows,
    orders: orders.map(({ order }) => order),
    first,
    second,
    toString: () => `${checkResult("Taylor", verdict, summary)}\n${taylorTable(rows)}`,
  };
}

/** A remainder that a wrong derivative leaves goes on through more steps than these; fewer say little of its order. */
const FEWEST_STEPS = 4;

function judge(
  name: string,
  seen: ObservedOrder,
  need: number,
  above: (k: number) => ObservedOrder,
  doubt: () => string | null,
): CheckResult {
  const found = fairOrder(seen, need);
  if (found) return checkResult(name, "ok", found);
  const k = Math.floor(need);
  // What a wrong derivative leaves vanishes as hᵏ: a remainder that is slower from one step to the next, or faster on the whole, has rounding in it.
  const clear = seen.slowest < k - 0.1 || (seen.order as number) > k + 0.3 ? above(k) : null;
  const fair = clear && clear.order !== null ? fairOrder(clear, need) : null;
  if (fair) return checkResult(name, "ok", fair);
  const few = seen.count < FEWEST_STEPS ? "too few steps rise above rounding" : null;
  const reason = doubt() ?? (clear?.order === null ? "rounding drowns the remainder" : few);
  return reason ? checkResult(name, "inconclusive", reason) : checkResult(name, "wrong", shown(seen, need));
}

/** Why the order is what it must be; null if it is not. */
function fairOrder(seen: ObservedOrder, need: number): string | null {
  const { order, share, ending } = seen;
  if (order === null) return "remainder at the level of rounding";
  if (order >= need) return shown(seen, need);
  if (share < 0.25) return `order ${order.toFixed(2)}, rising to ${Math.ceil(need)} by extrapolation`;
  return ending >= need - 0.1 ? `order ${order.toFixed(2)}, and ${ending.toFixed(2)} over the shortest steps (at least ${need})` : null;
}

function shown({ order, window }: ObservedOrder, need: number): string {
  return `order ${order?.toFixed(2)} (at least ${need}) for h = 2^${Math.log2(window.last)} … 2^${Math.log2(window.first)}`;
}

/** A corner at x, or one so near that it falls among the steps while differences across smaller ones agree with the rule. */
function doubtFirst<X extends Tree>(
  f: FlatFunction<X>,
  ct: Float64Array,
  g: (p: Float64Array) => number,
  at: number,
  v: Float64Array,
  found: number,
  magnitude: number,
): string | null {
  const by = difference((p) => Float64Array.of(g(p)), f.x, Float64Array.of(at), v, { epsilon: f.epsilon, magnitude });
  if (!by) return "x seems to lie at the edge of f's domain";
  const sides = [by.left[0] as number, by.right[0] as number] as const;
  const [expected, kinked] = [by.slope[0] as number, by.kinked[0] as boolean];
  const pair = { expected, found, error: by.error, sides, kinked, magnitude, epsilon: f.epsilon };
  const { verdict, doubt } = compareSlope(pair);
  if (doubt === "kink")
    return `x seems to lie at a kink: along v the slopes are ${sides.map((s) => Number(s.toPrecision(3))).join(" and ")}`;
  if (verdict === "wrong" || by.error > 1e-6 * Math.max(Math.abs(found), magnitude)) return null;
  return drowned([pair], () => ruleRounding(f, v, ct)) ? "rounding drowns the slope along v" : "x seems to lie close to a kink";
}

/** Where the first derivative's own remainder is not clean over the same steps, a corner lies among them. */
function doubtSecond(rows: readonly TaylorRow[], { window }: ObservedOrder, noise: number): string | null {
  const same = rows
    .filter(({ h }) => h >= window.last && h <= window.first)
    .map(({ h, remainders }) => [h, remainders[1] as number] as const);
  const { order } = observedOrder(same, 1, noise);
  return order !== null && order < 1.9 ? "a kink seems to lie close to x" : null;
}
