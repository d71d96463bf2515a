import type { Buffer, Shape } from "../backend.js";
import { wasmModule } from "./encoder/index.js";
import { halfShape, realPhases } from "./fft/real-phases.js";
import { tableBuilder } from "./fft/twiddles.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";

/**
 * The transform of a real array over `axes` (at least one, the last of them ≥ 2 long), whose spectrum is kept at the frequencies 0 … ⌊n/2⌋ of the last of
 * them: half the work of `lowerFft`. Forwards from `shape` to [2, ...half], back from there to `shape`.
 */
export function lowerRealFft(target: Target, shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Launch {
  const size = product(shape);
  return {
    key: `real fft${inverse ? "⁻¹" : ""} [${shape.join(",")}] ${axes.join(",")}`,
    make: () => realFftKernel(target.numbers, shape, axes, inverse),
    operands: [{ buffer: input, offset: 0 }],
    length: size === 0 ? 0 : inverse ? size : 2 * product(halfShape(shape, axes)),
  };
}

function realFftKernel(numbers: Numbers, shape: Shape, axes: readonly number[], inverse: boolean): Kernel {
  const module = wasmModule();
  const tables = tableBuilder(numbers);
  const phases = realPhases(module, numbers, tables, { shape, axes, inverse, name: "" });
  return {
    module,
    phases: phases.map(({ entry, units, cost }) => ({ entry, units, cost })),
    tables: tables.bytes(),
    sharedBytes: inverse && phases.length > 1 ? (2 * product(halfShape(shape, axes)) * numbers.bytes + 63) & ~63 : 0,
    ownBytes: (Math.max(...phases.map(({ workBytes }) => workBytes)) + 63) & ~63,
  };
}

function product(sizes: Shape): number {
  return sizes.reduce((total, n) => total * n, 1);
}
