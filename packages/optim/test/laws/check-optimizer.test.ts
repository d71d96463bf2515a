import { cpu } from "@paramat/backends";
import { add, LawError, leaves, mapLeaves, mul, ndarray, neg, rebuild, sub, type Tree, type Value, zeros } from "@paramat/core";
import { adam, clipByNorm, type Optimizer, projected, type Schedule, sgd } from "@paramat/optim";
import { assertOptimizer, checkOptimizer, type OptimizerLawOptions, type OptimizerMaker, optimizerLaws } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");
type Rate = number | Schedule;
const rateAt = (rate: Rate, k: number) => (typeof rate === "number" ? rate : rate(k));

/** θ − move(g, k), the k-th step from 0, which the state counts. */
function ruleOf(move: (g: Value, k: number, theta: Value) => Value): Optimizer<Value> {
  return {
    name: "mine",
    init: (params) => {
      if (leaves(params).length === 0) throw new TypeError("no leaves");
      return zeros(backend, []);
    },
    step: (params, gradient, state) => {
      const rows = leaves(gradient);
      const k = state.toArray()[0] as number;
      return {
        params: rebuild(
          params,
          leaves(params).map((theta, i) => sub(theta, move(rows[i] as Value, k, theta))),
        ),
        state: add(state, 1),
      };
    },
  };
}

/** Adam's mean and square without the division by 1 − βᵗ. */
function uncorrectedAdam(rate: Rate): Optimizer {
  const corrected = adam({ learningRate: rate });
  const late = ndarray(backend, 1e6);
  return {
    ...corrected,
    init: (params) => ({ ...(corrected.init(params) as { step: Value }), step: late }),
    step: (params, gradient, state) => corrected.step(params, gradient, state as ReturnType<typeof corrected.init>),
  };
}

/** A velocity that is kept beside the state. */
function forgetfulOfState(rate: Rate): Optimizer {
  const rule = sgd({ learningRate: rate });
  let velocity: Tree | undefined;
  return {
    ...rule,
    step: (params, gradient, state) => {
      const sum = mapLeaves(gradient, (g) => g.array);
      const old = velocity && leaves(velocity).length === leaves(sum).length ? leaves(velocity) : undefined;
      const together = rebuild(
        sum,
        leaves(sum).map((g, i) => (old?.[i]?.size === g.size ? add(g, mul(0.5, old[i] as Value)) : g)),
      );
      velocity = together;
      return rule.step(params, together, state as ReturnType<typeof rule.init>);
    },
  };
}

const wrapped = (change: <P extends Tree>(gradient: P, params: P) => P) => (rate: Rate) => {
  const rule = sgd({ learningRate: rate });
  return { ...rule, step: (params, gradient, state) => rule.step(params, change(gradient, params), state as never) } as Optimizer;
};

const faults: readonly (readonly [string, OptimizerMaker, OptimizerLawOptions, string])[] = [
  ["the wrong sign", wrapped((g) => mapLeaves(g, neg)), {}, "goes downhill"],
  ["a hundredth of the rate", wrapped((g) => mapLeaves(g, (x) => mul(1e-2, x))), {}, "goes downhill"],
  ["Adam's bias left in", uncorrectedAdam, { isSteady: true }, "steady from the first step"],
  ["a memory beside the state", forgetfulOfState, {}, "runs share nothing"],
  ["chance", wrapped((g) => mapLeaves(g, (x) => mul(x, 1 + 1e-6 * Math.random()))), {}, "the same bits twice"],
  ["leaves that are clipped each by itself", (rate) => perLeafClipped(rate), {}, "blind to the form of the tree"],
  ["a drift", wrapped((g) => mapLeaves(g, (x) => add(x, 1e-3))), {}, "stays where the gradient is 0"],
  ["a schedule that is read once", (rate) => sgd({ learningRate: rateAt(rate, 0) }), {}, "follows its schedule"],
  ["a schedule that is one step ahead", (rate) => sgd({ learningRate: (k) => rateAt(rate, k + 1) }), {}, "follows its schedule"],
  [
    "a claim of rotations for a rule entry by entry",
    (rate) => adam({ learningRate: rate }),
    { isRotationInvariant: true },
    "blind to rotations",
  ],
  [
    "a claim of steadiness with momentum",
    (rate) => sgd({ learningRate: rate, momentum: 0.9 }),
    { isSteady: true },
    "steady from the first step",
  ],
  ["values that are read", (rate) => ruleOf((g, k) => mul(rateAt(rate, k), g)), {}, "compiled = as it is"],
  ["gradients of any form", (rate) => ruleOf((g, k) => mul(rateAt(rate, k), g)), {}, "wrong calls are refused"],
  ["a state that only its maker knows", (rate) => known(rate), {}, "the state can be rebuilt"],
];

function perLeafClipped(rate: Rate): Optimizer {
  const rule = sgd({ learningRate: rate });
  const clip = clipByNorm(sgd({ learningRate: 1 }), 0.5);
  const clipped = (g: Value) => sub(zeros(g.backend, g.shape), clip.step(zeros(g.backend, g.shape), g, clip.init(g)).params);
  return { ...rule, step: (params, gradient, state) => rule.step(params, mapLeaves(gradient, clipped), state as never) } as Optimizer;
}

function known(rate: Rate): Optimizer {
  const rule = sgd({ learningRate: rate });
  const seen = new WeakSet<object>();
  const note = (state: Tree) => {
    seen.add(leaves(state)[0] as Value);
    return state;
  };
  return {
    ...rule,
    init: (params) => note(rule.init(params)),
    step: (params, gradient, state) => {
      const factor = seen.has(leaves(state)[0] as Value) ? 1 : 0.5;
      const next = rule.step(
        params,
        mapLeaves(gradient, (g) => mul(factor, g)),
        state as never,
      );
      note(next.state);
      return next;
    },
  };
}

describe("checkOptimizer", () => {
  it.each(faults)("catches %s", (_, make, options, law) => {
    expect(optimizerLaws.map(({ name }) => name)).toContain(law);
    const report = checkOptimizer(make, backend, options);
    expect(report.results.filter(({ ok }) => !ok).map((result) => result.law)).toContain(law);
    expect(report.ok).toBe(false);
    expect(() => assertOptimizer(make, backend, options)).toThrow(LawError);
  });

  it("lets rules pass that are what they claim, whatever the seed, and says so line by line", () => {
    for (const seed of [1, 2, 3]) {
      const report = checkOptimizer((learningRate) => projected(sgd({ learningRate }), (x) => x), backend, {
        seed,
        isRotationInvariant: true,
      });
      expect(String(report).split("\n")[0]).toBe(`projected sgd, seed ${seed}`);
      expect(String(report)).not.toContain("✗");
      expect(report.results).toHaveLength(optimizerLaws.length - 1);
    }
  });

  it("reports a rule that cannot be made", () => {
    const report = checkOptimizer(() => {
      throw new RangeError("no rate");
    }, backend);
    expect([report.ok, report.results.every(({ detail }) => detail.includes("no rate"))]).toEqual([false, true]);
  });
});
