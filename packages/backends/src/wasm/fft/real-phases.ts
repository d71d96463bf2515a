import type { Shape } from "../../backend.js";
import type { WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { axisPhase, type Place, type SizedPhase } from "./axis-phase.js";
import { planesOf } from "./layout.js";
import { realAxisPhase } from "./real-axis-phase.js";
import type { TableBuilder } from "./twiddles.js";

export interface RealTransform {
  /** Of the real array. */
  readonly shape: Shape;
  /** At least one; the last of them, at least 2 long, is the one whose spectrum is halved. */
  readonly axes: readonly number[];
  readonly inverse: boolean;
  /** What the names of the phases' functions begin with. */
  readonly name: string;
}

/**
 * The transform of a real array to half of its spectrum, axis by axis, or back. Forwards from the operand to the result, which it goes on in; back from
 * the operand to the result by way of the scratch memory, which holds a spectrum (and may be the operand itself).
 */
export function realPhases(
  module: WasmModule,
  numbers: Numbers,
  tables: TableBuilder,
  { shape, axes, inverse, name }: RealTransform,
): readonly SizedPhase[] {
  const last = axes.at(-1)!;
  const half = halfShape(shape, axes);
  const others = axes.slice(0, -1).filter((axis) => shape[axis]! > 1);
  // Half of the length is transformed, and "merge" gives twice what the pairs are.
  const scale = inverse ? 1 / product(axes.map((axis) => shape[axis]!)) : 1;
  const real = (from: Place, to: Place) =>
    realAxisPhase(module, numbers, tables, {
      entry: `${name}real`,
      n: shape[last]!,
      outer: product(shape.slice(0, last)),
      inner: product(shape.slice(last + 1)),
      inverse,
      scale,
      from,
      to,
    });
  const complex = (axis: number, from: Place, to: Place) =>
    axisPhase(module, numbers, tables, {
      entry: `${name}axis${axis}`,
      n: half[axis]!,
      outer: product(half.slice(0, axis)),
      inner: product(half.slice(axis + 1)),
      planes: planesOf(product(half), numbers, inverse),
      scale: 1,
      from,
      to,
    });
  return inverse
    ? [
        ...others.map((axis, i) => complex(axis, i === 0 ? "operand" : "scratch", "scratch")),
        real(others.length > 0 ? "scratch" : "operand", "out"),
      ]
    : [real("operand", "out"), ...others.map((axis) => complex(axis, "out", "out"))];
}

/** The frequencies that say everything about a real array: 0 … ⌊n/2⌋ of the last axis listed. */
export function halfShape(shape: Shape, axes: readonly number[]): Shape {
  const last = axes.at(-1)!;
  return shape.with(last, (shape[last]! >> 1) + 1);
}

function product(sizes: Shape): number {
  return sizes.reduce((total, n) => total * n, 1);
}
