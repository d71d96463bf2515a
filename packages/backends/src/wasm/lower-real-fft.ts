import type { Buffer, Shape } from "../backend.js";
import { wasmModule } from "./encoder/index.js";
import { axisPhase, type Place } from "./fft/axis-phase.js";
import { planesOf } from "./fft/layout.js";
import { realAxisPhase } from "./fft/real-axis-phase.js";
import { tableBuilder } from "./fft/twiddles.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";

/**
 * The transform of a real array over `axes` (at least one, the last of them ≥ 2 long), whose spectrum is kept at the frequencies 0 … ⌊n/2⌋ of the last of
 * them: half the work of `lowerFft`. Forwards from `shape` to [2, ...half], back from there to `shape`.
 */
export function lowerRealFft(target: Target, shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Launch {
  const size = shape.reduce((product, n) => product * n, 1);
  const n = shape[axes.at(-1)!]!;
  const halfSize = (size / n) * ((n >> 1) + 1);
  return {
    key: `real fft${inverse ? "⁻¹" : ""} [${shape.join(",")}] ${axes.join(",")}`,
    make: () => realFftKernel(target.numbers, shape, axes, inverse),
    operands: [{ buffer: input, offset: 0 }],
    length: size === 0 ? 0 : inverse ? size : 2 * halfSize,
  };
}

function realFftKernel(numbers: Numbers, shape: Shape, axes: readonly number[], inverse: boolean): Kernel {
  const module = wasmModule();
  const tables = tableBuilder(numbers);
  const last = axes.at(-1)!;
  const n = shape[last]!;
  const half = shape.with(last, (n >> 1) + 1);
  const product = (sizes: Shape) => sizes.reduce((total, m) => total * m, 1);
  const halfSize = product(half);
  const others = axes.slice(0, -1).filter((axis) => shape[axis]! > 1);
  // Half of the length is transformed, and "merge" gives twice what the pairs are.
  const scale = inverse ? 1 / product(axes.map((axis) => shape[axis]!)) : 1;
  const real = (from: Place, to: Place) =>
    realAxisPhase(module, numbers, tables, {
      entry: "real",
      n,
      outer: product(shape.slice(0, last)),
      inner: product(shape.slice(last + 1)),
      inverse,
      scale,
      from,
      to,
    });
  const complex = (axis: number, from: Place, to: Place) =>
    axisPhase(module, numbers, tables, {
      entry: `axis${axis}`,
      n: half[axis]!,
      outer: product(half.slice(0, axis)),
      inner: product(half.slice(axis + 1)),
      planes: planesOf(halfSize, numbers, inverse),
      scale: 1,
      from,
      to,
    });
  const phases = inverse
    ? [
        ...others.map((axis, i) => complex(axis, i === 0 ? "operand" : "scratch", "scratch")),
        real(others.length > 0 ? "scratch" : "operand", "out"),
      ]
    : [real("operand", "out"), ...others.map((axis) => complex(axis, "out", "out"))];
  return {
    module,
    phases: phases.map(({ entry, units, cost }) => ({ entry, units, cost })),
    tables: tables.bytes(),
    sharedBytes: inverse && others.length > 0 ? (2 * halfSize * numbers.bytes + 63) & ~63 : 0,
    ownBytes: (Math.max(...phases.map(({ workBytes }) => workBytes)) + 63) & ~63,
  };
}
