import type { Reduction } from "../../backend.js";
import { type Expr, input } from "../../expr.js";
import { wasmModule } from "../encoder/index.js";
import type { Kernel } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import type { ReduceAxis } from "./reduce-layout.js";
import { planReduce } from "./reduce-plan.js";
import { reduceStage } from "./reduce-stage.js";

/**
 * The kernel of a reduction. Large reductions to few results are done in pieces that depend on the layout alone, and a second phase reduces the
 * results of the pieces, so that the bits of the result do not depend on the number of threads.
 */
export function reduceKernel(numbers: Numbers, kind: Reduction, f: Expr, layout: readonly ReduceAxis[]): Kernel {
  const module = wasmModule();
  const numInputs = layout[0]!.inputs.length;
  const params = numInputs + 6;
  const [out, scratch] = [numInputs, numInputs + 2];
  const plan = planReduce(kind, layout, numbers.lanes, true);
  const stage = { entry: "reduce", kind, f, numInputs, plan };
  if (!plan.pieces) {
    const phase = reduceStage(module, numbers, stage, params, (locals) => locals.slice(0, out + 1));
    return { module, phases: [phase], sharedBytes: 0, ownBytes: 0 };
  }
  const first = reduceStage(module, numbers, stage, params, (locals) => [...locals.slice(0, out), locals[scratch]!]);
  const { axis, step } = plan.outer[0]!;
  const pieces = Math.ceil(axis.size / step);
  const results = layout.reduce((product, { size, kept }) => (kept ? product * size : product), 1);
  const partial: readonly ReduceAxis[] = [
    { size: pieces, kept: false, inputs: [results] },
    ...(results === 1 ? [] : [{ size: results, kept: true, inputs: [1] }]),
  ];
  const combined = { entry: "combine", kind, f: input(0), numInputs: 1, plan: planReduce(kind, partial, numbers.lanes, false) };
  const second = reduceStage(module, numbers, combined, params, (locals) => [locals[scratch]!, locals[out]!]);
  // Vectors may read past the last piece's results.
  return { module, phases: [first, second], sharedBytes: pieces * results * numbers.bytes + 64, ownBytes: 0 };
}
