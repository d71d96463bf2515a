import { type Code, forRange, i32, type Local, type Operand, sequence, set, type WasmModule, when } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Place } from "./axis-phase.js";
import { COLUMN_CACHE, LINE_CACHE, placeOf, type SizedPhase, stripCost, stripVectors } from "./axis-phase.js";
import type { Rows, Strip } from "./layout.js";
import { halfToReal, realToHalf } from "./real-strip.js";
import { columnsToLines, linesToColumns } from "./transposed.js";
import type { TableBuilder } from "./twiddles.js";

export interface RealAxisOptions {
  readonly entry: string;
  /** The real array is [outer, n, inner], the spectrum [2, outer, ⌊n/2⌋ + 1, inner]. */
  readonly n: number;
  readonly outer: number;
  readonly inner: number;
  readonly inverse: boolean;
  readonly scale: number;
  readonly from: Place;
  readonly to: Place;
}

/** The transform of one axis of a real array to half of its spectrum, or back. */
export function realAxisPhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: RealAxisOptions): SizedPhase {
  return options.inner === 1 ? linePhase(module, numbers, tables, options) : columnPhase(module, numbers, tables, options);
}

function columnPhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: RealAxisOptions): SizedPhase {
  const { entry, n, outer, inner, inverse, scale } = options;
  const { lanes, bytes } = numbers;
  const half = (n >> 1) + 1;
  const vectors = stripVectors(n, inner, numbers, COLUMN_CACHE);
  const width = vectors * lanes;
  const strips = Math.ceil(inner / width);
  const rest = inner - (strips - 1) * width;
  const real = { row: inner * bytes, re: 0 };
  const spectrum: Rows = { row: inner * bytes, re: 0, im: outer * half * inner * bytes };
  const make = inverse ? halfToReal : realToHalf;
  const transform = (strip: Strip) => make(module, numbers, tables, { length: n, real, half: spectrum, strip, scale });
  const lastVectors = Math.ceil(rest / lanes);
  const last = transform({ vectors: lastVectors, lastLanes: rest - (lastVectors - 1) * lanes });
  const whole = strips > 1 ? transform({ vectors, lastLanes: lanes }) : last;
  const called = module.entry(entry, 7, (params, { local }) => {
    const [, , table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [source, result] = [placeOf(params, options.from), placeOf(params, options.to)];
    const [unit, strip, line, shift] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const at = (base: Local, rows: number): Operand => i32.add(i32.add(base, shift), i32.mul(line, rows * inner * bytes));
    const run = ({ run: transformed }: typeof whole): Code =>
      transformed(at(source, inverse ? half : n), at(result, inverse ? n : half), own, table);
    return forRange(
      unit,
      from,
      to,
      1,
      sequence(
        set(strip, i32.remU(unit, strips)),
        set(line, i32.divU(unit, strips)),
        set(shift, i32.mul(strip, width * bytes)),
        strips > 1 ? when(i32.ltU(strip, strips - 1), run(whole), run(last)) : run(last),
      ),
    );
  });
  return { entry, run: called, units: outer * strips, cost: stripCost(n, vectors), workBytes: Math.max(whole.workBytes, last.workBytes) };
}

function linePhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: RealAxisOptions): SizedPhase {
  const { entry, n, outer, inverse, scale } = options;
  const { lanes, bytes } = numbers;
  const half = (n >> 1) + 1;
  const vectors = stripVectors(n, outer, numbers, LINE_CACHE);
  const width = vectors * lanes;
  const strip: Strip = { vectors, lastLanes: lanes };
  const real: Rows = { row: 16 * vectors, re: 0, im: 0 };
  const spectrum: Rows = { row: 16 * vectors, re: 0, im: half * 16 * vectors };
  const realLines = { length: n, lines: { row: n * bytes, re: 0, im: 0 }, columns: real, strip, isReal: true };
  const halfLines = { length: half, lines: { row: half * bytes, re: 0, im: outer * half * bytes }, columns: spectrum, strip };
  const load = linesToColumns(module, numbers, inverse ? halfLines : realLines);
  const store = columnsToLines(module, numbers, inverse ? realLines : halfLines);
  const make = inverse ? halfToReal : realToHalf;
  const transform = make(module, numbers, tables, { length: n, real, half: spectrum, strip, scale });
  const [realBytes, halfBytes] = [n * real.row, 2 * half * spectrum.row];
  const [loaded, stored] = inverse ? [halfBytes, realBytes] : [realBytes, halfBytes];
  const [lineIn, lineOut] = inverse ? [half, n] : [n, half];
  const called = module.entry(entry, 7, (params, { local }) => {
    const [, , table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [source, result] = [placeOf(params, options.from), placeOf(params, options.to)];
    const [unit, first, count] = [local("i32"), local("i32"), local("i32")];
    const image: Operand = i32.add(own, loaded);
    return forRange(
      unit,
      from,
      to,
      1,
      sequence(
        set(first, i32.mul(unit, width)),
        set(count, i32.sub(outer, first)),
        load(i32.add(source, i32.mul(first, lineIn * bytes)), own, count),
        transform.run(own, image, i32.add(own, loaded + stored), table),
        store(image, i32.add(result, i32.mul(first, lineOut * bytes)), count),
      ),
    );
  });
  return {
    entry,
    run: called,
    units: Math.ceil(outer / width),
    cost: stripCost(n, vectors),
    workBytes: loaded + stored + transform.workBytes,
  };
}
