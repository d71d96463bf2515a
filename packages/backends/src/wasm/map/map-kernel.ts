import type { Layout } from "../../cpu/map-layout.js";
import type { Expr } from "../../expr.js";
import { type Code, sequence, set, wasmModule } from "../encoder/index.js";
import { formulaCost } from "../formula/formula-cost.js";
import type { Kernel } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { type BlockVector, blockVectors } from "./block.js";
import { blockInputs } from "./block-inputs.js";
import { forGroups } from "./for-groups.js";
import type { LoopAxis } from "./loop-nest.js";
import { type MapPlan, planMap } from "./map-plan.js";
import { storeLanes } from "./store-lanes.js";
import { planUnits, unitLoop } from "./unit-loop.js";
import { vectorFormula } from "./vector-formula.js";

/** Entries of one unit of work, about: few enough to share out, enough that finding the place of a unit costs nothing. */
const unitEntries = 2048;

/** The kernel of a map over a collapsed layout; f reads all of the layout's inputs. */
export function mapKernel(numbers: Numbers, f: Expr, layout: Layout): Kernel {
  const { lanes, bytes } = numbers;
  const cost = formulaCost(f);
  const plan = planMap(layout, lanes, cost > 60 ? 2 : 4);
  const { sizes, outStrides, strides } = plan.layout;
  const axes = sizes.slice(0, plan.inside).map((size, a): LoopAxis => {
    const step = plan.steps[a]!;
    return { size, step, strides: [...strides, outStrides].map((s) => s[a]! * bytes * step) };
  });
  const within = sizes.slice(plan.inside).reduce((product, size) => product * size, 1);
  const units = planUnits(axes, within, unitEntries);
  const module = wasmModule();
  const numInputs = strides.length;
  module.entry("map", numInputs + 6, (params, scope) => {
    const pointers = axes[0]!.strides.map(() => scope.local("i32"));
    const out = pointers.at(-1)!;
    const whole = vectorsOf(plan, plan.steps, lanes);
    const inputs = blockInputs(numbers, scope, axes, pointers, whole);
    const formula = vectorFormula({ module, scope, numbers }, f, numInputs, whole.length);
    const body = (counts: readonly number[]): Code => {
      const isWhole = counts.every((count, a) => count === plan.steps[a]);
      const vectors = isWhole ? whole : vectorsOf(plan, [...counts, ...plan.steps.slice(counts.length)], lanes);
      return forGroups(vectors.length, lanes, (from, to) => {
        const loads = inputs.read(vectors, isWhole, from, to);
        const results = vectors.slice(from, to).map((vector, v) => {
          const result = scope.local("v128");
          const value = formula(loads.map(({ locals }) => locals[v]!));
          return [...set(result, value), ...storeLanes(numbers, out, result, vector.count, vector.out)];
        });
        return sequence(...loads.map(({ code }) => code), ...results);
      });
    };
    const nest = { scope, axes, pointers, body, enter: inputs.enter };
    return unitLoop(nest, units, params.slice(0, numInputs + 1), params.at(-2)!, params.at(-1)!);
  });
  const vectorsPerUnit = sizes.reduce((product, size) => product * size, 1) / units.units / lanes;
  // About two instructions a cycle.
  const unitCost = Math.ceil(vectorsPerUnit * (cost / 2 + 1 + numInputs));
  return { module, phases: [{ entry: "map", units: units.units, cost: unitCost }], sharedBytes: 0, ownBytes: 0 };
}

function vectorsOf({ layout, flat }: MapPlan, counts: readonly number[], lanes: number): readonly BlockVector[] {
  const axes = counts.map((count, a) => ({ count, out: layout.outStrides[a]!, inputs: layout.strides.map((strides) => strides[a]!) }));
  return blockVectors(axes, flat, lanes);
}
