import type { Backend, Part } from "../backend.js";
import { numEntries } from "./offsets.js";
import { type Floats, floatsOf, type Storage } from "./storage.js";

/** Zeros of `shape` plus every part at its place; overlapping entries add, within a part (stride 0) and between parts. */
export function createPlace(storage: Storage): Backend["place"] {
  return (shape, parts) => {
    const out = storage.accumulator(numEntries(shape));
    for (const part of parts) {
      if (numEntries(part.shape) > 0) addAxis(mergedAxes(part), 0, floatsOf(part.source.buffer), part.source.offset, out, part.offset);
    }
    return storage.finish(out);
  };
}

interface Axis {
  readonly length: number;
  readonly from: number;
  readonly to: number;
}

/** Axes of length 1 dropped, and neighbours merged where both sides walk through them with one stride. */
function mergedAxes({ shape, source, strides }: Part): Axis[] {
  const axes: Axis[] = [];
  shape.forEach((length, a) => {
    if (length === 1) return;
    const axis = { length, from: source.strides[a]!, to: strides[a]! };
    const last = axes.at(-1);
    if (last !== undefined && last.from === axis.from * length && last.to === axis.to * length) {
      axes[axes.length - 1] = { ...axis, length: last.length * length };
    } else {
      axes.push(axis);
    }
  });
  return axes;
}

function addAxis(axes: readonly Axis[], depth: number, source: Floats, from: number, out: Float64Array, to: number): void {
  const axis = axes[depth];
  if (axis === undefined) {
    out[to]! += source[from]!;
  } else if (depth === axes.length - 1) {
    addRun(source, from, axis.from, out, to, axis.to, axis.length);
  } else {
    for (let i = 0; i < axis.length; i++) addAxis(axes, depth + 1, source, from + i * axis.from, out, to + i * axis.to);
  }
}

function addRun(source: Floats, from: number, fromStep: number, out: Float64Array, to: number, toStep: number, length: number): void {
  for (let i = 0, p = from, q = to; i < length; i++, p += fromStep, q += toStep) out[q]! += source[p]!;
}
