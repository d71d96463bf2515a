import {
  type Code,
  forRange,
  i32,
  type Local,
  type Operand,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  when,
} from "../encoder/index.js";
import type { Phase } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";
import { stripTransform } from "./strip-transform.js";
import { columnsToLines, linesToColumns } from "./transposed.js";
import type { TableBuilder } from "./twiddles.js";

/** A phase, the working memory that a thread needs for it, and its function for other phases to call. */
export interface SizedPhase extends Phase {
  readonly workBytes: number;
  readonly run: WasmFunction;
}

/** Where a phase reads and where it writes; they may be the same place. */
export type Place = "operand" | "out" | "scratch";

/**
 * Bounds on a strip's working memory, in bytes. Lines are copied in anyway, so theirs is to stay in the fastest cache; columns are read a cache line
 * or less at a time, so theirs may be wider.
 */
export const LINE_CACHE = 1 << 15;
export const COLUMN_CACHE = 1 << 16;

export interface AxisOptions {
  readonly entry: string;
  /** The data are [2, outer, n, inner]. */
  readonly n: number;
  readonly outer: number;
  readonly inner: number;
  readonly planes: Omit<Rows, "row">;
  readonly scale: number;
  readonly from: Place;
  readonly to: Place;
}

/** The transform of one axis of complex planes. */
export function axisPhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: AxisOptions): SizedPhase {
  return options.inner === 1 ? linePhase(module, numbers, tables, options) : columnPhase(module, numbers, tables, options);
}

/** Vectors across a strip: as many as let its working memory stay within `cache` bytes, at most 4 and no more than there are columns. */
export function stripVectors(n: number, columns: number, { lanes }: Numbers, cache: number): number {
  const fitting = [4, 2, 1].find((vectors) => 4 * n * 16 * vectors <= cache) ?? 1;
  return Math.min(fitting, Math.ceil(columns / lanes));
}

/** Columns side by side, where they stand. A unit is one strip of them. */
function columnPhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: AxisOptions): SizedPhase {
  const { entry, n, outer, inner, planes, scale } = options;
  const { lanes, bytes } = numbers;
  const vectors = stripVectors(n, inner, numbers, COLUMN_CACHE);
  const width = vectors * lanes;
  const strips = Math.ceil(inner / width);
  const rest = inner - (strips - 1) * width;
  const rows: Rows = { row: inner * bytes, ...planes };
  const transform = (strip: Strip) => stripTransform(module, numbers, tables, { length: n, source: rows, result: rows, strip, scale });
  const lastVectors = Math.ceil(rest / lanes);
  const last = transform({ vectors: lastVectors, lastLanes: rest - (lastVectors - 1) * lanes });
  const whole = strips > 1 ? transform({ vectors, lastLanes: lanes }) : last;
  const called = module.entry(entry, 7, (params, { local }) => {
    const [, , table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [source, result] = [placeOf(params, options.from), placeOf(params, options.to)];
    const [unit, strip, offset] = [local("i32"), local("i32"), local("i32")];
    const run = ({ run: transformed }: typeof whole): Code => transformed(i32.add(source, offset), i32.add(result, offset), own, table);
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
  return { entry, run: called, units: outer * strips, cost: stripCost(n, vectors), workBytes: Math.max(whole.workBytes, last.workBytes) };
}

/** Lines one after another, transposed into columns and back. A unit is as many lines as a strip has columns. */
function linePhase(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: AxisOptions): SizedPhase {
  const { entry, n, outer, planes, scale } = options;
  const { lanes, bytes } = numbers;
  const vectors = stripVectors(n, outer, numbers, LINE_CACHE);
  const width = vectors * lanes;
  const strip: Strip = { vectors, lastLanes: lanes };
  const columns: Rows = { row: 16 * vectors, re: 0, im: n * 16 * vectors };
  const lines: Rows = { row: n * bytes, ...planes };
  const columnBytes = 2 * columns.im;
  const load = linesToColumns(module, numbers, { length: n, lines, columns, strip });
  const store = columnsToLines(module, numbers, { length: n, lines, columns, strip });
  const transform = stripTransform(module, numbers, tables, { length: n, source: columns, result: columns, strip, scale });
  const called = module.entry(entry, 7, (params, { local }) => {
    const [, , table, , own, from, to] = params as [Local, Local, Local, Local, Local, Local, Local];
    const [source, result] = [placeOf(params, options.from), placeOf(params, options.to)];
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
        load(i32.add(source, offset), own, count),
        transform.run(own, own, work, table),
        store(own, i32.add(result, offset), count),
      ),
    );
  });
  return { entry, run: called, units: Math.ceil(outer / width), cost: stripCost(n, vectors), workBytes: columnBytes + transform.workBytes };
}

/** The parameter that holds a place's address. */
export function placeOf([operand, out, , scratch]: readonly Local[], place: Place): Local {
  return { operand: operand!, out: out!, scratch: scratch! }[place];
}

/** Cycles, roughly: five operations for each column and doubling, on whole vectors. */
export function stripCost(n: number, vectors: number): number {
  return vectors * n * (4 + 5 * Math.log2(n));
}
