import type { Shape } from "../../backend.js";

/** An axis over which views walk together. */
export interface ReduceAxis {
  readonly size: number;
  readonly isReduced: boolean;
  /** How far each view goes for a step along it. */
  readonly strides: readonly number[];
}

/** The axes of `shape`, those of one entry left out, and neighbours made one where every view walks through both with one stride. */
export function reduceAxes(shape: Shape, reduced: readonly number[], strides: readonly (readonly number[])[]): ReduceAxis[] {
  const axes: ReduceAxis[] = [];
  shape.forEach((size, a) => {
    if (size === 1) return;
    const axis = { size, isReduced: reduced.includes(a), strides: strides.map((of) => of[a]!) };
    const last = axes.at(-1);
    if (last && last.isReduced === axis.isReduced && last.strides.every((stride, v) => stride === axis.strides[v]! * size)) {
      axes[axes.length - 1] = { ...axis, size: last.size * size };
    } else {
      axes.push(axis);
    }
  });
  return axes;
}
