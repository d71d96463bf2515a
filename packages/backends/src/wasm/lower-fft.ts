import type { Buffer, Shape } from "../backend.js";
import { memory, wasmModule } from "./encoder/index.js";
import { axisPhase } from "./fft/axis-phase.js";
import { planesOf } from "./fft/layout.js";
import { tableBuilder } from "./fft/twiddles.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";

/**
 * F over `axes` of [2, ...shape], one axis after another, the inverse divided by the lengths. Lines are transformed many at a time, one in each lane:
 * those along inner axes where they stand, those along the last axis transposed on the way in and out.
 * @remarks Relative error in the 2-norm ≤ c ε log₂ n for a length of small factors (Van Loan, 1.4), and a few times that through Bluestein's chirp.
 */
export function lowerFft(target: Target, shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Launch {
  const size = shape.reduce((product, n) => product * n, 1);
  const active = axes.filter((axis) => shape[axis]! > 1);
  return {
    key: `fft${inverse ? "⁻¹" : ""} [${shape.join(",")}] ${active.join(",")}`,
    make: () => fftKernel(target.numbers, shape, active, inverse, size),
    operands: [{ buffer: input, offset: 0 }],
    length: 2 * size,
  };
}

function fftKernel(numbers: Numbers, shape: Shape, axes: readonly number[], inverse: boolean, size: number): Kernel {
  const module = wasmModule();
  if (axes.length === 0) {
    module.entry("copy", 7, ([input, out]) => memory.copy(out!, input!, 2 * size * numbers.bytes));
    return { module, phases: [{ entry: "copy", units: 1, cost: 0 }], sharedBytes: 0, ownBytes: 0 };
  }
  const tables = tableBuilder(numbers);
  const planes = planesOf(size, numbers, inverse);
  const phases = axes.map((axis, i) => {
    const n = shape[axis]!;
    const outer = shape.slice(0, axis).reduce((product, m) => product * m, 1);
    const inner = size / (outer * n);
    const scale = inverse && i === axes.length - 1 ? 1 / axes.reduce((product, a) => product * shape[a]!, 1) : 1;
    const from = i === 0 ? "operand" : "out";
    return axisPhase(module, numbers, tables, { entry: `axis${axis}`, n, outer, inner, planes, scale, from, to: "out" });
  });
  return {
    module,
    phases: phases.map(({ entry, units, cost }) => ({ entry, units, cost })),
    tables: tables.bytes(),
    sharedBytes: 0,
    ownBytes: Math.max(...phases.map(({ workBytes }) => workBytes)),
  };
}
