import type { Reduction } from "../../backend.js";
import { rowMajorStrides } from "../../cpu/offsets.js";
import type { Expr } from "../../expr.js";
import { type Code, type Local, type Operand, type Scope, sequence, type WasmModule } from "../encoder/index.js";
import { formulaCost } from "../formula/formula-cost.js";
import type { Phase } from "../kernel.js";
import { type BlockVector, blockVectors } from "../map/block.js";
import { blockInputs } from "../map/block-inputs.js";
import { forGroups } from "../map/for-groups.js";
import type { LoopAxis, LoopNest } from "../map/loop-nest.js";
import { storeLanes } from "../map/store-lanes.js";
import { planUnits, unitLoop } from "../map/unit-loop.js";
import { vectorFormula } from "../map/vector-formula.js";
import type { Numbers } from "../numbers.js";
import type { Fold } from "./fold.js";
import { foldArgmax } from "./fold-argmax.js";
import { foldExtremum } from "./fold-extremum.js";
import { foldSum } from "./fold-sum.js";
import type { ReducePlan } from "./reduce-plan.js";

/** A reduction of f of some inputs as one phase of a kernel. */
export interface ReduceStage {
  readonly entry: string;
  readonly kind: Reduction;
  readonly f: Expr;
  readonly numInputs: number;
  readonly plan: ReducePlan;
}

/** Entries read in one unit of work, about. */
const unitEntries = 4096;

/** Longest chain of additions to one set of accumulators, in turns. */
const longestTurns = 64;

/**
 * Adds the phase to a module.
 * @param params how many parameters its function has; the last two are the units it does
 * @param starts from them, the addresses of the inputs and of the results
 */
export function reduceStage(
  module: WasmModule,
  numbers: Numbers,
  stage: ReduceStage,
  params: number,
  starts: (params: readonly Local[]) => readonly Operand[],
): Phase {
  const { entry, f, numInputs, plan } = stage;
  const { lanes } = numbers;
  const axes = loopAxes(stage, numbers.bytes);
  const columns = plan.outer.length - 1;
  const depth = plan.outer.length;
  const entries = plan.inner.reduce((product, { axis, refines }) => product * (refines === undefined ? axis.size : 1), 1);
  const units = planUnits(axes.slice(0, depth), entries, unitEntries);
  module.entry(entry, params, (locals, scope) => {
    const pointers = axes[0]!.strides.map(() => scope.local("i32"));
    const steps = axes.map(({ step }) => step);
    const whole = vectorsOf(plan, steps, lanes);
    const inputs = blockInputs(numbers, scope, axes, pointers, whole);
    const formula = vectorFormula({ module, scope, numbers }, f, numInputs, 2 * whole.length);
    const height = plan.across ? steps.at(-1)! : whole.length;
    const fold = foldOf(stage, numbers, scope, whole.length, height);
    const product = factors(f);
    const body = (counts: readonly number[]): Code => {
      const isWhole = counts.every((count, a) => count === steps[a]);
      const vectors = isWhole ? whole : vectorsOf(plan, counts, lanes);
      const rows = plan.across ? counts.at(-1)! : vectors.length;
      const taken = forGroups(vectors.length, lanes, (from, to) => {
        const loads = inputs.read(vectors, isWhole, from, to);
        const takes = vectors.slice(from, to).map((vector, v) => {
          const slot = Math.floor((from + v) / rows) * height + ((from + v) % rows);
          const count = plan.across ? lanes : vector.count;
          const values = loads.map((load) => load.locals[v]!);
          if (product && fold.takeProduct) return fold.takeProduct(slot, values[product[0]]!, values[product[1]]!, count);
          return fold.take(slot, formula(values), count);
        });
        return sequence(...loads.map(({ code }) => code), ...takes);
      });
      return [...taken, ...fold.next];
    };
    const finish = (counts: readonly number[]): Code => {
      const out = pointers.at(-1)!;
      const width = plan.across ? counts[columns]! : 1;
      return forGroups(width, lanes, (from, to) => {
        const slot = (from / lanes) * height;
        const { code, local } = fold.result(slot, slot + height, !plan.across);
        return [...code, ...storeLanes(numbers, out, local, to - from, from)];
      });
    };
    const nest: LoopNest = {
      scope,
      axes,
      pointers,
      body,
      enter: (counts) => [...inputs.enter(counts), ...(counts.length < depth ? [] : fold.enter(counts.length - depth))],
      leave: (counts) => (counts.length < depth ? [] : counts.length === depth ? finish(counts) : fold.leave(counts.length - depth)),
    };
    return unitLoop(nest, units, starts(locals), locals.at(-2)!, locals.at(-1)!);
  });
  const vectors = plan.outer.reduce((product, { axis }) => product * axis.size, entries) / lanes;
  return { entry, units: units.units, cost: Math.ceil((vectors / units.units) * (formulaCost(f) / 2 + 0.5 + numInputs / 2)) };
}

/** The nest's loops; a piece has its results after those of the piece before it. */
function loopAxes({ plan, numInputs }: ReduceStage, bytes: number): readonly LoopAxis[] {
  const kept = plan.outer.slice(plan.pieces ? 1 : 0);
  const outStrides = rowMajorStrides(kept.map(({ axis }) => axis.size));
  const numResults = kept.reduce((product, { axis }) => product * axis.size, 1);
  const outs = [...(plan.pieces ? [numResults] : []), ...outStrides.map((stride, a) => stride * kept[a]!.step)];
  return [...plan.outer, ...plan.inner].map(({ axis, step, refines }, a): LoopAxis => {
    const inputs = Array.from({ length: numInputs }, (_, j) => axis.inputs[j]! * step * bytes);
    return { size: axis.size, step, strides: [...inputs, (outs[a] ?? 0) * bytes], ...(refines === undefined ? {} : { refines }) };
  });
}

/** The vectors of a block: columns by rows where lanes lie across results, else a piece of a row. */
function vectorsOf({ across, outer, inner }: ReducePlan, counts: readonly number[], lanes: number): readonly BlockVector[] {
  const last = { count: counts.at(-1)!, inputs: inner.at(-1)!.axis.inputs };
  if (!across) return blockVectors([{ ...last, out: 1 }], 1, lanes);
  const columns = { count: counts[outer.length - 1]!, out: 1, inputs: outer.at(-1)!.axis.inputs };
  return blockVectors([{ ...last, out: 0 }, columns], 1, lanes);
}

function foldOf({ kind, plan }: ReduceStage, numbers: Numbers, scope: Scope, slots: number, height: number): Fold {
  if (kind === "argmax") return foldArgmax(numbers, scope, slots);
  return kind === "sum" ? foldSum(numbers, scope, slots, levelsOf(plan)) : foldExtremum(kind, numbers, scope, slots, height);
}

/** The two inputs that f is the product of, if it is one. */
function factors(f: Expr): readonly [number, number] | undefined {
  if (f.kind !== "call" || f.op !== "mul") return undefined;
  const [x, y] = f.args as readonly [Expr, Expr];
  return x.kind === "input" && y.kind === "input" ? [x.index, y.index] : undefined;
}

/** Where sums get accumulators of their own: as soon as the loops inside would turn more than `longestTurns` times. */
function levelsOf({ outer, inner }: ReducePlan): readonly number[] {
  const turns = inner.map(({ axis, step, refines }) => {
    const refined = refines === undefined ? undefined : refines < outer.length ? outer[refines] : inner[refines - outer.length];
    return Math.ceil((refined?.step ?? axis.size) / step);
  });
  const levels = [0];
  for (let i = inner.length - 1, product = 1; i > 0; i--) {
    product *= turns[i]!;
    if (product * turns[i - 1]! <= longestTurns) continue;
    levels.splice(1, 0, i);
    product = 1;
  }
  return levels;
}
