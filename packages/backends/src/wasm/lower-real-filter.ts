import type { Buffer, Shape } from "../backend.js";
import { type Code, forRange, i32, type Local, type Operand, sequence, set, wasmModule, when } from "./encoder/index.js";
import { LINE_CACHE, type SizedPhase, stripVectors } from "./fft/axis-phase.js";
import { filterRows } from "./fft/filter-rows.js";
import { halfShape, realPhases } from "./fft/real-phases.js";
import { tableBuilder } from "./fft/twiddles.js";
import type { Kernel, Launch, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";

/**
 * F⁻¹(f̂ ⊙ F x) for each entry of axis 0 of a real array, F over `axes` (not axis 0; the last of them ≥ 2 long), f̂ [2, ...half of one entry] or its conjugate:
 * both transforms and the product of one entry after another, so that what lies between stays in the cache and each number is read and written once.
 */
export function lowerRealFilter(
  target: Target,
  shape: Shape,
  axes: readonly number[],
  conjugate: boolean,
  input: Buffer,
  spectrum: Buffer,
): Launch {
  return {
    key: `real filter${conjugate ? "*" : ""} [${shape.join(",")}] ${axes.join(",")}`,
    make: () => realFilterKernel(target.numbers, shape, axes, conjugate),
    operands: [
      { buffer: input, offset: 0 },
      { buffer: spectrum, offset: 0 },
    ],
    length: product(shape),
  };
}

function realFilterKernel(numbers: Numbers, shape: Shape, axes: readonly number[], conjugate: boolean): Kernel {
  const module = wasmModule();
  const tables = tableBuilder(numbers);
  const [lead = 1, ...entry] = shape;
  const last = axes.at(-1)!;
  // Lines are transformed several at a time; where one entry has few, a unit takes several entries.
  const lines = product(entry.slice(0, last - 1));
  const width = stripVectors(shape[last]!, lead * lines, numbers, LINE_CACHE) * numbers.lanes;
  const together = product(entry.slice(last)) > 1 ? 1 : Math.min(lead, Math.ceil(width / lines));
  const units = Math.ceil(lead / together);
  const rest = lead - (units - 1) * together;
  const filterOf = (name: string, count: number): Part => {
    const sizes = [count, ...entry];
    const half = halfShape(sizes, axes);
    return {
      spectrumBytes: (2 * product(half) * numbers.bytes + 63) & ~63,
      forward: realPhases(module, numbers, tables, { shape: sizes, axes, inverse: false, name: `${name} forward ` }),
      filter: filterRows(module, numbers, { rows: count, length: product(half) / count, conjugate }),
      back: realPhases(module, numbers, tables, { shape: sizes, axes, inverse: true, name: `${name} back ` }),
    };
  };
  const whole = filterOf("whole", together);
  const end = rest === together ? whole : filterOf("rest", rest);
  const unitBytes = together * product(entry) * numbers.bytes;
  module.entry("filter", 8, (params, { local }) => {
    const [input, spectrum, out, table, , own, from, to] = params as Params;
    const [unit, shift, work] = [local("i32"), local("i32"), local("i32")];
    const run = (part: Part): Code =>
      sequence(
        set(work, i32.add(own, part.spectrumBytes)),
        ...part.forward.map((phase) => phase.run(i32.add(input, shift), own, table, own, work, 0, phase.units)),
        part.filter(own, spectrum),
        ...part.back.map((phase) => phase.run(own, i32.add(out, shift), table, own, work, 0, phase.units)),
      );
    const body = units === 1 ? run(end) : end === whole ? run(whole) : when(i32.eq(unit, units - 1), run(end), run(whole));
    return forRange(unit, from, to, 1, sequence(set(shift, i32.mul(unit, unitBytes)), body));
  });
  const phases = [...whole.forward, ...whole.back, ...end.forward, ...end.back];
  return {
    module,
    phases: [{ entry: "filter", units, cost: [...whole.forward, ...whole.back].reduce((sum, { units: n, cost }) => sum + n * cost, 0) }],
    tables: tables.bytes(),
    sharedBytes: 0,
    ownBytes: (whole.spectrumBytes + Math.max(...phases.map(({ workBytes }) => workBytes)) + 63) & ~63,
  };
}

type Params = readonly [Local, Local, Local, Local, Local, Local, Local, Local];

/** The transforms and the product of so many entries. */
interface Part {
  readonly spectrumBytes: number;
  readonly forward: readonly SizedPhase[];
  readonly filter: (spectra: Operand, filter: Operand) => Code;
  readonly back: readonly SizedPhase[];
}

function product(sizes: Shape): number {
  return sizes.reduce((total, n) => total * n, 1);
}
