import type { Layout } from "../../cpu/map-layout.js";
import type { Expr } from "../../expr.js";
import { type Code, type Local, type Scope, sequence, set, wasmModule } from "../encoder/index.js";
import { formulaCost } from "../formula/formula-cost.js";
import type { Kernel } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { type BlockVector, blockVectors } from "./block.js";
import { loadVectors } from "./load-vectors.js";
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
  const plan = planMap(layout, lanes, cost > 60 ? 1 : cost > 20 ? 2 : 4);
  const { sizes, outStrides, strides } = plan.layout;
  const axes = sizes
    .slice(0, plan.inside)
    .map((size, a): LoopAxis => ({ size, step: plan.steps[a]!, strides: [...strides.map((s) => s[a]! * bytes), outStrides[a]! * bytes] }));
  const within = sizes.slice(plan.inside).reduce((product, size) => product * size, 1);
  const units = planUnits(axes, within, unitEntries);
  const module = wasmModule();
  const numInputs = strides.length;
  module.entry("map", numInputs + 6, (params, scope) => {
    const pointers = [...strides, 0].map(() => scope.local("i32"));
    const block = blockCode(numbers, plan, scope, pointers, (vectors) => vectorFormula({ module, scope, numbers }, f, numInputs, vectors));
    const nest = { scope, axes, pointers, ...block };
    return unitLoop(nest, units, params.slice(0, numInputs + 1), params.at(-2)!, params.at(-1)!);
  });
  const unitsCost = (sizes.reduce((product, size) => product * size, 1) / units.units / lanes) * (cost + 2 + 2 * numInputs);
  return { module, phases: [{ entry: "map", units: units.units, cost: Math.ceil(unitsCost) }], sharedBytes: 0, ownBytes: 0 };
}

/** What loops do at each level: inputs that the loops inside do not move are read before them, the others with their block. */
function blockCode(
  numbers: Numbers,
  plan: MapPlan,
  scope: Scope,
  pointers: readonly Local[],
  formula: (vectors: number) => (inputs: readonly Local[]) => Code,
): { readonly body: (counts: readonly number[]) => Code; readonly enter: (counts: readonly number[]) => Code } {
  const { inside, steps } = plan;
  const { strides } = plan.layout;
  const whole = vectorsOf(plan, steps, numbers.lanes);
  const compute = formula(whole.length);
  const out = pointers.at(-1)!;
  // Axes that a block spans whole are not walked.
  const isWalked = (a: number): boolean => a < inside && steps[a]! < plan.layout.sizes[a]!;
  const early = strides.map((s, j) => {
    const level = s.findLastIndex((stride, a) => stride !== 0 && isWalked(a)) + 1;
    const deepest = plan.layout.sizes.findLastIndex((_, a) => isWalked(a)) + 1;
    if (level >= deepest) return undefined;
    const offsets = whole.map((vector) => vector.inputs[j]!);
    return { level, ...loadVectors(numbers, scope, pointers[j]!, offsets) };
  });
  const enter = (counts: readonly number[]): Code => early.flatMap((load) => (load?.level === counts.length ? load.code : []));
  const body = (counts: readonly number[]): Code => {
    const isWhole = counts.every((count, a) => count === steps[a]);
    const vectors = isWhole ? whole : vectorsOf(plan, [...counts, ...steps.slice(counts.length)], numbers.lanes);
    const group = numbers.lanes;
    return Array.from({ length: Math.ceil(vectors.length / group) }, (_, g) => {
      const members = vectors.slice(g * group, (g + 1) * group);
      const loads = strides.map((_, j) => {
        const known = isWhole ? early[j]?.locals.slice(g * group, (g + 1) * group) : undefined;
        if (known) return { code: [], locals: known };
        return loadVectors(
          numbers,
          scope,
          pointers[j]!,
          members.map((vector) => vector.inputs[j]!),
        );
      });
      const results = members.map((vector, v) => {
        const result = scope.local("v128");
        const value = compute(loads.map(({ locals }) => locals[v]!));
        return [...set(result, value), ...storeLanes(numbers, out, result, vector.count, vector.out)];
      });
      return sequence(...loads.map(({ code }) => code), ...results);
    }).flat();
  };
  return { body, enter };
}

function vectorsOf({ layout, flat }: MapPlan, counts: readonly number[], lanes: number): readonly BlockVector[] {
  const axes = counts.map((count, a) => ({ count, out: layout.outStrides[a]!, inputs: layout.strides.map((strides) => strides[a]!) }));
  return blockVectors(axes, flat, lanes);
}
