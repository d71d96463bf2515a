import type { Buffer, Shape } from "../backend.js";
import {
  type Code,
  forRange,
  i32,
  type Local,
  memory,
  type Operand,
  sequence,
  set,
  type WasmModule,
  wasmModule,
  when,
} from "./encoder/index.js";
import type { Rows, Strip } from "./fft/layout.js";
import { stripTransform } from "./fft/strip-transform.js";
import { columnsToLines, linesToColumns } from "./fft/transposed.js";
import { type TableBuilder, tableBuilder } from "./fft/twiddles.js";
import type { Kernel, Launch, Phase, Target } from "./kernel.js";
import type { Numbers } from "./numbers.js";

/** Working memory of a strip stays within this, in bytes, where a strip of one vector allows it: it is to live in the fastest cache. */
const CACHE = 1 << 15;

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
  const phases = axes.map((axis, i): Phase & { readonly workBytes: number } => {
    const n = shape[axis]!;
    const outer = shape.slice(0, axis).reduce((product, m) => product * m, 1);
    const inner = size / (outer * n);
    const scale = inverse && i === axes.length - 1 ? 1 / axes.reduce((product, a) => product * shape[a]!, 1) : 1;
    const axisOptions = { entry: `axis${axis}`, n, outer, inner, planes, scale, inPlace: i > 0 };
    return inner === 1 ? linePhase(module, numbers, tables, axisOptions) : columnPhase(module, numbers, tables, axisOptions);
  });
  return {
    module,
    phases: phases.map(({ entry, units, cost }) => ({ entry, units, cost })),
    tables: tables.bytes(),
    sharedBytes: 0,
    ownBytes: Math.max(...phases.map(({ workBytes }) => workBytes)),
  };
}

interface AxisOptions {
  readonly entry: string;
  /** The data are [2, outer, n, inner]. */
  readonly n: number;
  readonly outer: number;
  readonly inner: number;
  readonly planes: Omit<Rows, "row">;
  readonly scale: number;
  readonly inPlace: boolean;
}

type SizedPhase = Phase & { readonly workBytes: number };

/** The inverse transform is the forward one with the planes exchanged, over n. */
function planesOf(size: number, { bytes }: Numbers, inverse: boolean): Omit<Rows, "row"> {
  return inverse ? { re: size * bytes, im: 0 } : { re: 0, im: size * bytes };
}

function stripVectors(n: number, columns: number, { lanes }: Numbers): number {
  const fitting = [4, 2, 1].find((vectors) => 4 * n * 16 * vectors <= CACHE) ?? 1;
  return Math.min(fitting, Math.ceil(columns / lanes));
}

/** Columns side by side, where they stand. A unit is one strip of them. */
function columnPhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: AxisOptions): SizedPhase {
  const { entry, n, outer, inner, planes, scale, inPlace } = options;
  const { lanes, bytes } = numbers;
  const vectors = stripVectors(n, inner, numbers);
  const width = vectors * lanes;
  const strips = Math.ceil(inner / width);
  const rest = inner - (strips - 1) * width;
  const rows: Rows = { row: inner * bytes, ...planes };
  const transform = (strip: Strip) => stripTransform(module, numbers, tables, { length: n, source: rows, result: rows, strip, scale });
  const lastVectors = Math.ceil(rest / lanes);
  const last = transform({ vectors: lastVectors, lastLanes: rest - (lastVectors - 1) * lanes });
  const whole = strips > 1 ? transform({ vectors, lastLanes: lanes }) : last;
  module.entry(entry, 7, (params, { local }) => {
    const [input, out, table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [unit, strip, offset] = [local("i32"), local("i32"), local("i32")];
    const run = ({ run: transformed }: typeof whole): Code =>
      transformed(i32.add(inPlace ? out : input, offset), i32.add(out, offset), own, table);
    return forRange(
      unit,
      from,
      to,
      1,
      sequence(
        set(strip, i32.remU(unit, strips)),
        set(offset, i32.add(i32.mul(i32.divU(unit, strips), n * inner * bytes), i32.mul(strip, width * bytes))),
        strips > 1 ? when(i32.ltU(strip, strips - 1), run(whole), run(last)) : run(last),
      ),
    );
  });
  return { entry, units: outer * strips, cost: stripCost(n, vectors), workBytes: Math.max(whole.workBytes, last.workBytes) };
}

/** Lines one after another, transposed into columns and back. A unit is as many lines as a strip has columns. */
function linePhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: AxisOptions): SizedPhase {
  const { entry, n, outer, planes, scale, inPlace } = options;
  const { lanes, bytes } = numbers;
  const vectors = stripVectors(n, outer, numbers);
  const width = vectors * lanes;
  const strip: Strip = { vectors, lastLanes: lanes };
  const columns: Rows = { row: 16 * vectors, re: 0, im: n * 16 * vectors };
  const lines: Rows = { row: n * bytes, ...planes };
  const columnBytes = 2 * columns.im;
  const load = linesToColumns(module, numbers, { length: n, lines, columns, strip });
  const store = columnsToLines(module, numbers, { length: n, lines, columns, strip });
  const transform = stripTransform(module, numbers, tables, { length: n, source: columns, result: columns, strip, scale });
  module.entry(entry, 7, (params, { local }) => {
    const [input, out, table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [unit, offset, count] = [local("i32"), local("i32"), local("i32")];
    const work: Operand = i32.add(own, columnBytes);
    return forRange(
      unit,
      from,
      to,
      1,
      sequence(
        set(offset, i32.mul(unit, width * n * bytes)),
        set(count, i32.sub(outer, i32.mul(unit, width))),
        load(i32.add(inPlace ? out : input, offset), own, count),
        transform.run(own, own, work, table),
        store(own, i32.add(out, offset), count),
      ),
    );
  });
  return { entry, units: Math.ceil(outer / width), cost: stripCost(n, vectors), workBytes: columnBytes + transform.workBytes };
}

/** Cycles, roughly: five operations for each column and doubling, on whole vectors. */
function stripCost(n: number, vectors: number): number {
  return vectors * n * (4 + 5 * Math.log2(n));
}
