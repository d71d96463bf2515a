import type { Shape } from "../../backend.js";

/** An axis that stays in the result or vanishes from it, with the strides of the inputs in entries. */
export interface ReduceAxis {
  readonly size: number;
  readonly kept: boolean;
  readonly inputs: readonly number[];
}

/** The axes of a reduction, outermost first: those of size 1 dropped, neighbours merged where both stay or both vanish and every input allows it. */
export function reduceLayout(shape: Shape, axes: readonly number[], strides: readonly (readonly number[])[]): readonly ReduceAxis[] {
  const merged: ReduceAxis[] = [];
  shape.forEach((size, a) => {
    if (size === 1) return;
    const axis: ReduceAxis = { size, kept: !axes.includes(a), inputs: strides.map((s) => s[a]!) };
    const outer = merged.at(-1);
    if (outer?.kept === axis.kept && outer.inputs.every((stride, j) => stride === axis.inputs[j]! * size)) {
      merged[merged.length - 1] = { ...axis, size: outer.size * size };
    } else {
      merged.push(axis);
    }
  });
  return merged;
}
