import { cpu } from "@paramat/backends";
import { grad, LawError, leaves, mapLeaves, mul, ndarray, rebuild, sub, type Tree, type Value } from "@paramat/core";
import { lbfgs, type MinimizeOptions, type Minimizer, type Objective, type Outcome, steepestDescent } from "@paramat/optim";
import { assertMinimizer, checkMinimizer, type MinimizerLawOptions, minimizerLaws } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { outcome } from "../../src/minimize/outcome.js";

const easy = { condition: 4, maxIterations: 400 };

/** lbfgs with its options, start or outcome changed. */
const changed =
  (change: {
    options?: <P extends Tree>(options: MinimizeOptions<P>) => MinimizeOptions<P>;
    found?: <P extends Tree>(found: Outcome<P>) => Outcome<P>;
  }): Minimizer =>
  async (f, params, options = {}) => {
    const found = await lbfgs(f, params, change.options ? change.options(options) : options);
    return change.found ? change.found(found) : found;
  };

/** Gradient descent with a fixed step, `moved` by the caller; it obeys nothing but the limit. */
const fixedStep =
  (rate: number, moved: <P extends Tree>(gradient: P) => P = (g) => g): Minimizer =>
  async <P extends Tree>(f: Objective<P>, params: P, { maxIterations = 100, gradientTolerance = 1e-8 }: MinimizeOptions<P> = {}) => {
    const value = f as (params: P) => Value;
    const history = [];
    let at = params;
    let gradientNorm = Number.NaN;
    for (let iteration = 0; ; iteration++) {
      const g = grad(value)(at);
      gradientNorm = Math.hypot(...leaves(g).flatMap((x) => [...x.toArray()]));
      const evaluations = { value: iteration + 1, gradient: iteration + 1, hessianVector: 0 };
      history.push({ iteration, value: value(at).item(), gradientNorm, step: iteration === 0 ? 0 : 1, evaluations });
      if (gradientNorm <= gradientTolerance || iteration >= maxIterations) break;
      const move = leaves(moved(g));
      at = rebuild(
        at,
        leaves(at).map((x, i) => sub(x, mul(rate, move[i] as Value))),
      );
    }
    const last = history.at(-1) as (typeof history)[number];
    const status = gradientNorm <= gradientTolerance ? ("converged" as const) : ("limit" as const);
    return outcome({ method: "fixedStep", status, params: at, ...last, iterations: last.iteration, history, reason: "" });
  };

/** Starts a little beside where it should, by what came out last. */
function remembering(): Minimizer {
  let last = 0;
  return async <P extends Tree>(f: Objective<P>, params: P, options?: MinimizeOptions<P>) => {
    const found = await lbfgs(
      f,
      mapLeaves(params, (x) => sub(x, 1e-9 * last)),
      options,
    );
    last = found.value;
    return found;
  };
}

const oneNumberTwice = <P extends Tree>(g: P): P => mapLeaves(g, (x) => mul(x, x.size === 1 ? 2 : 1));
/** Times 1, 2, 3, … */
const unevenly = <P extends Tree>(g: P): P =>
  mapLeaves(g, (x) =>
    mul(
      x,
      ndarray(
        x.backend,
        x.toArray().map((_, i) => i + 1),
        x.shape,
      ),
    ),
  );

const faults: readonly (readonly [string, Minimizer, MinimizerLawOptions, string])[] = [
  ["steps up the hill", fixedStep(-0.01), {}, "the value never rises"],
  ["steps that are too long", fixedStep(0.6), {}, "the value never rises"],
  [
    "a claim of convergence that is none",
    changed({ options: (o) => ({ ...o, gradientTolerance: 0.1 }) }),
    {},
    "finds minimizers of quadratics",
  ],
  ["leaves of one number that move twice as far", fixedStep(0.05, oneNumberTwice), {}, "blind to the form of the tree"],
  ["coordinates that are treated differently", fixedStep(0.01, unevenly), {}, "blind to rotations"],
  ["a memory of the last run", remembering(), {}, "the same bits twice"],
  [
    "a row of the history that is missing",
    changed({ found: (o) => ({ ...o, history: o.history.slice(1) }) }),
    {},
    "the outcome is what happened",
  ],
  [
    "a value that is not that of the parameters",
    changed({ found: (o) => ({ ...o, value: o.value - 1 }) }),
    {},
    "the outcome is what happened",
  ],
  ["a signal that is not heard", changed({ options: ({ signal: _, ...o }) => o }), {}, "stops where it is told to"],
  ["a limit that is not kept", changed({ options: (o) => ({ ...o, maxIterations: 50 }) }), {}, "stops where it is told to"],
  [
    "NaN that is called convergence",
    changed({ found: (o) => (o.status === "non-finite" ? { ...o, status: "converged" } : o) }),
    {},
    "fails as it should",
  ],
  [
    "options that are not checked",
    changed({ options: (o) => ({ ...o, gradientTolerance: Math.abs(o.gradientTolerance ?? 1e-8) }) }),
    {},
    "fails as it should",
  ],
  [
    "a start that is left although it is stationary",
    async (f, x, o) =>
      lbfgs(
        f,
        mapLeaves(x, (t) => sub(t, 1e-3)),
        o,
      ),
    {},
    "stays at a stationary point",
  ],
  ["an error", () => Promise.reject(new Error("not today")), {}, "stays at a stationary point"],
];

describe("checkMinimizer", () => {
  it.each(faults)("catches %s", async (_, minimize, options, law) => {
    expect(minimizerLaws.map(({ name }) => name)).toContain(law);
    const report = await checkMinimizer(minimize, cpu("float64"), { ...easy, ...options });
    expect(report.results.filter(({ ok }) => !ok).map((result) => result.law)).toContain(law);
    expect(report.ok).toBe(false);
  });

  it("can throw its report", async () => {
    await expect(assertMinimizer(() => Promise.reject(new Error("not today")), cpu("float64"))).rejects.toThrow(LawError);
    await expect(assertMinimizer(lbfgs, cpu("float64"), { ...easy, maxIterations: 1 })).rejects.toThrow("limit in 4 dimensions");
  });

  it("lets a method pass that is what it claims, whatever the seed, and says so line by line", async () => {
    for (const seed of [1, 2, 3]) {
      const report = await checkMinimizer(steepestDescent, cpu("float64"), { ...easy, seed, maxIterations: 2000 });
      expect(String(report)).not.toContain("✗");
      expect(String(report).split("\n")[0]).toBe(`steepestDescent, seed ${seed}`);
      expect(report.results).toHaveLength(minimizerLaws.length);
    }
  });
});
