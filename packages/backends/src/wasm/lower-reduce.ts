import type { Buffer, Reduction, Shape, View } from "../backend.js";
import { numEntries, rowMajorStrides } from "../cpu/offsets.js";
import { exprKey } from "../expr/expr-key.js";
import { usedInputs } from "../expr/used-inputs.js";
import { constant, type Expr, input } from "../expr.js";
import type { Launch, Target } from "./kernel.js";
import { lowerMap } from "./lower-map.js";
import { reduceKernel } from "./reduce/reduce-kernel.js";
import { reduceLayout } from "./reduce/reduce-layout.js";

/** Sum, max, min or argmax of a contiguous buffer of `shape` over `axes`. */
export function lowerReduce(target: Target, kind: Reduction, shape: Shape, axes: readonly number[], buffer: Buffer): Launch {
  return lowerMapReduce(target, kind, input(0), shape, axes, [{ buffer, offset: 0, strides: rowMajorStrides(shape) }]);
}

/**
 * The reduction over `axes` of f(inputs[0][i], inputs[1][i], …) for i in `shape`, which is nowhere written.
 * @remarks A sum is made of sums of at most 64 terms, those of at most 64 such sums, and so on, and a few last additions of accumulators and lanes:
 * n terms add at most about 64·⌈log₃₂ n⌉ roundings to one another, in a fixed order that depends on the sizes alone.
 */
export function lowerMapReduce(
  target: Target,
  kind: Reduction,
  f: Expr,
  shape: Shape,
  axes: readonly number[],
  inputs: readonly View[],
): Launch {
  const kept = shape.filter((_, a) => !axes.includes(a));
  const length = numEntries(kept);
  const count = axes.reduce((product, a) => product * shape[a]!, 1);
  if (length === 0 || count === 0) return lowerMap(target, constant(ofNothing[kind]), kept, []);
  if (count === 1) {
    const strides = (view: View): readonly number[] => view.strides.filter((_, a) => !axes.includes(a));
    if (kind === "argmax") return lowerMap(target, constant(0), kept, []);
    return lowerMap(
      target,
      f,
      kept,
      inputs.map((view) => ({ ...view, strides: strides(view) })),
    );
  }
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  const layout = reduceLayout(
    shape,
    axes,
    views.map(({ strides }) => strides),
  );
  const axesKey = layout.map(({ size, kept: stays, inputs: strides }) => `${size}${stays ? "" : "!"}[${strides}]`);
  return {
    key: `reduce ${kind} ${exprKey(formula)} ${axesKey.join("")}`,
    make: () => reduceKernel(target.numbers, kind, formula, layout),
    operands: views.map(({ buffer, offset }) => ({ buffer, offset })),
    length,
  };
}

/** What a reduction over an empty axis gives. */
const ofNothing: Readonly<Record<Reduction, number>> = {
  sum: 0,
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
  argmax: -1,
};
