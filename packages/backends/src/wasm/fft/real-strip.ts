import { type Code, i32, type Operand, sequence, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { hermitianFactors, hermitianRows } from "./hermitian-rows.js";
import type { Rows, Strip } from "./layout.js";
import { multiplyRows } from "./multiply-rows.js";
import { mirroredRows, realParts, realRows } from "./real-rows.js";
import { type StripTransform, stripTransform } from "./strip-transform.js";
import type { TableBuilder } from "./twiddles.js";

export interface RealStripOptions {
  /** Length of the real signal, ≥ 2. */
  readonly length: number;
  /** n rows of real numbers: row j at `real.row`·j + `real.re`. */
  readonly real: Omit<Rows, "im">;
  /** ⌊n/2⌋ + 1 rows of complex numbers. */
  readonly half: Rows;
  readonly strip: Strip;
  readonly scale: number;
}

/** Real columns to half of their spectrum. Source: real rows; result: complex rows; they may not overlap. */
export function realToHalf(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: RealStripOptions): StripTransform {
  const { length: n, real, half, strip, scale } = options;
  const whole: Strip = { ...strip, lastLanes: numbers.lanes };
  if (n % 2 === 1) {
    const work = rowsOf(n, strip);
    const widen = realRows(module, numbers, { count: n, source: real, result: work, strip });
    const transform = stripTransform(module, numbers, tables, { length: n, source: work, result: work, strip: whole, scale });
    const ones = tables.add(new Array((n + 1) / 2).fill([1, 0]));
    const keep = multiplyRows(module, numbers, { count: (n + 1) / 2, source: work, result: half, strip, factors: ones });
    return inWork(work, n, transform, (from, to, at, rest, table) =>
      sequence(widen(from, at), transform.run(at, at, rest, table), keep(at, to, table)),
    );
  }
  const m = n / 2;
  const work = rowsOf(m, strip);
  const pairs: Rows = { row: 2 * real.row, re: real.re, im: real.re + real.row };
  const factors = tables.add(hermitianFactors(m, "split"));
  const split = hermitianRows(module, numbers, { half: m, direction: "split", source: work, result: half, strip, factors });
  const transform = transformOrCopy(module, numbers, tables, { length: m, source: pairs, result: work, strip: whole, scale });
  return inWork(work, m, transform, (from, to, at, rest, table) => sequence(transform.run(from, at, rest, table), split(at, to, table)));
}

/** Half of a spectrum to the real columns: `realToHalf` undone, up to the factor n that `scale` takes care of. Source and result may not overlap. */
export function halfToReal(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: RealStripOptions): StripTransform {
  const { length: n, real, half, strip, scale } = options;
  const whole: Strip = { ...strip, lastLanes: numbers.lanes };
  if (n % 2 === 1) {
    const work = rowsOf(n, strip);
    const ones = tables.add(new Array((n + 1) / 2).fill([1, 0]));
    const take = multiplyRows(module, numbers, { count: (n + 1) / 2, source: half, result: work, strip: whole, factors: ones });
    const mirror = mirroredRows(module, numbers, { length: n, rows: work, strip });
    const back = exchanged(work);
    const transform = stripTransform(module, numbers, tables, { length: n, source: back, result: back, strip: whole, scale });
    const keep = realParts(module, numbers, { count: n, source: work, result: real, strip });
    return inWork(work, n, transform, (from, to, at, rest, table) =>
      sequence(take(from, at, table), mirror(at, at), transform.run(at, at, rest, table), keep(at, to)),
    );
  }
  const m = n / 2;
  const work = rowsOf(m, strip);
  const factors = tables.add(hermitianFactors(m, "merge"));
  const merge = hermitianRows(module, numbers, { half: m, direction: "merge", source: half, result: work, strip: whole, factors });
  const pairs: Rows = { row: 2 * real.row, re: real.re + real.row, im: real.re };
  const transform = transformOrCopy(module, numbers, tables, { length: m, source: exchanged(work), result: pairs, strip, scale });
  return inWork(work, m, transform, (from, to, at, rest, table) => sequence(merge(from, at, table), transform.run(at, to, rest, table)));
}

/** A transform of length 1 is a copy. */
function transformOrCopy(
  module: WasmModule,
  numbers: Numbers,
  tables: TableBuilder,
  options: Parameters<typeof stripTransform>[3],
): StripTransform {
  if (options.length > 1) return stripTransform(module, numbers, tables, options);
  const copy = multiplyRows(module, numbers, { ...options, count: 1, factors: tables.add([[options.scale, 0]]) });
  return { workBytes: 0, run: (from, to, _work, table) => copy(from, to, table) };
}

function rowsOf(length: number, { vectors }: Strip): Rows {
  return { row: 16 * vectors, re: 0, im: length * 16 * vectors };
}

function exchanged({ row, re, im }: Rows): Rows {
  return { row, re: im, im: re };
}

/** A transform whose working memory starts with `length` complex rows of its own. */
function inWork(
  work: Rows,
  length: number,
  inner: StripTransform,
  body: (source: Operand, result: Operand, work: Operand, rest: Operand, tables: Operand) => Code,
): StripTransform {
  const own = 2 * length * work.row;
  return {
    workBytes: own + inner.workBytes,
    run: (source, result, at, tables) => body(source, result, at, i32.add(at, own), tables),
  };
}
