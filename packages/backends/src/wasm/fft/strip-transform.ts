import { chirpOf, spectrumOfChirp } from "../../cpu/chirp.js";
import { type Code, i32, memory, type Operand, sequence, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Rows, Strip } from "./layout.js";
import { multiplyRows } from "./multiply-rows.js";
import { fftPass } from "./pass.js";
import { radicesOf } from "./radices.js";
import { passTwiddles, type TableBuilder } from "./twiddles.js";

export interface StripTransformOptions {
  /** Length of the transform, ≥ 2. */
  readonly length: number;
  /** The strip in the source and in the result; lanes beyond the last are read but not stored. The two may be the same memory. */
  readonly source: Rows;
  readonly result: Rows;
  readonly strip: Strip;
  /** The result is multiplied by it. */
  readonly scale: number;
}

/** Code that transforms every column of a strip, and the working memory that it needs. */
export interface StripTransform {
  readonly workBytes: number;
  /** @param work address of `workBytes` bytes */
  readonly run: (source: Operand, result: Operand, work: Operand, tables: Operand) => Code;
}

/** The forward transform of a strip's columns: passes of small butterflies, or Bluestein's chirp where the length has a large prime factor. */
export function stripTransform(module: WasmModule, numbers: Numbers, tables: TableBuilder, options: StripTransformOptions): StripTransform {
  const radices = radicesOf(options.length);
  return radices ? byPasses(module, numbers, tables, options, radices) : byChirp(module, numbers, tables, options);
}

/** Source → A → B → A → … → result; A and B are halves of the working memory. */
function byPasses(
  module: WasmModule,
  numbers: Numbers,
  tables: TableBuilder,
  { length, source, result, strip, scale }: StripTransformOptions,
  radices: readonly number[],
): StripTransform {
  const inner = workRows(length, strip);
  const whole: Strip = { vectors: strip.vectors, lastLanes: numbers.lanes };
  const half = 2 * inner.im;
  let before = 1;
  const passes = radices.map((radix, i) => {
    const after = length / (before * radix);
    const isLast = i === radices.length - 1;
    const pass = fftPass(module, numbers, {
      radix,
      before,
      after,
      source: i === 0 ? source : inner,
      result: isLast ? result : inner,
      strip: isLast ? strip : whole,
      twiddles: after > 1 ? tables.add(passTwiddles(radix, after)) : 0,
      scale: isLast ? scale : 1,
    });
    before *= radix;
    return pass;
  });
  return {
    workBytes: passes.length > 1 ? (passes.length > 2 ? 2 : 1) * half : 0,
    run: (from, to, work, table) => {
      const place = (i: number): Operand => (i % 2 === 0 ? work : i32.add(work, half));
      return sequence(...passes.map((pass, i) => pass(i === 0 ? from : place(i - 1), i === passes.length - 1 ? to : place(i), table)));
    },
  };
}

/**
 * X_k = w_k Σ_j (x_j w_j) w̄_{k−j} with w_j = e^{−πi j²/n}: a circular convolution of a power of two M ≥ 2n − 1 (Bluestein, IEEE Trans. Audio
 * Electroacoust. 18, 1970). The inverse transform inside is the forward one with the two planes exchanged.
 */
function byChirp(
  module: WasmModule,
  numbers: Numbers,
  tables: TableBuilder,
  { length, source, result, strip, scale }: StripTransformOptions,
): StripTransform {
  let padded = 4;
  while (padded < 2 * length - 1) padded *= 2;
  const inner = workRows(padded, strip);
  const exchanged: Rows = { row: inner.row, re: inner.im, im: inner.re };
  const whole: Strip = { vectors: strip.vectors, lastLanes: numbers.lanes };
  const chirp = chirpOf(length);
  const scaled = chirp.map(([re, im]) => [scale * re, scale * im] as const);
  const turnIn = multiplyRows(module, numbers, { count: length, source, result: inner, strip: whole, factors: tables.add(chirp) });
  const middle = multiplyRows(module, numbers, {
    count: padded,
    source: inner,
    result: inner,
    strip: whole,
    factors: tables.add(spectrumOfChirp(chirp, padded)),
  });
  const turnOut = multiplyRows(module, numbers, { count: length, source: inner, result, strip, factors: tables.add(scaled) });
  const options = { length: padded, strip: whole, scale: 1 };
  const forward = stripTransform(module, numbers, tables, { ...options, source: inner, result: inner });
  const backward = stripTransform(module, numbers, tables, { ...options, source: exchanged, result: exchanged });
  const size = 2 * inner.im;
  return {
    workBytes: size + forward.workBytes,
    run: (from, to, work, table) => {
      const rest = i32.add(work, size);
      const unused = (padded - length) * inner.row;
      return sequence(
        turnIn(from, work, table),
        memory.fill(i32.add(work, length * inner.row), 0, unused),
        memory.fill(i32.add(work, inner.im + length * inner.row), 0, unused),
        forward.run(work, work, rest, table),
        middle(work, work, table),
        backward.run(work, work, rest, table),
        turnOut(work, to, table),
      );
    },
  };
}

/** Rows of one half of the working memory: the real plane, then the imaginary one. */
function workRows(length: number, { vectors }: Strip): Rows {
  return { row: 16 * vectors, re: 0, im: length * 16 * vectors };
}
