import type { Backend, Shape } from "../backend.js";
import { numEntries } from "./offsets.js";
import { type Floats, floatsOf, type Storage } from "./storage.js";

/** Sum, max, min or argmax over `axes`; sums are carried in float64 and rounded once. */
export function createReduce(storage: Storage): Backend["reduce"] {
  return (kind, shape, axes, buffer) => {
    const input = floatsOf(buffer);
    if (kind === "argmax") return argmax(storage, shape, axes[0]!, input);
    const runs = runsOf(shape, axes);
    const out = storage.accumulator(numEntries(shape.filter((_, a) => !axes.includes(a))));
    if (kind === "sum") {
      if (input.length > 0) forEachBlock(runs, (at, to, rows, length, kept) => sumBlock(input, at, out, to, rows, length, kept));
      return storage.finish(out);
    }
    // min x = −max(−x): one loop serves both.
    const sign = kind === "max" ? 1 : -1;
    out.fill(-Infinity);
    if (input.length > 0) forEachBlock(runs, (at, to, rows, length, kept) => maxBlock(input, at, out, to, rows, length, kept, sign));
    if (kind === "min") for (let i = 0; i < out.length; i++) out[i] = -out[i]!;
    return storage.finish(out);
  };
}

/** Neighbouring axes of one kind merged: kinds alternate, and the last run is contiguous. */
interface Run {
  length: number;
  readonly kept: boolean;
}

function runsOf(shape: Shape, axes: readonly number[]): Run[] {
  const runs: Run[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const kept = !axes.includes(axis);
    const last = runs.at(-1);
    if (last !== undefined && last.kept === kept) last.length *= length;
    else runs.push({ length, kept });
  });
  return runs;
}

/**
 * Visits a non-empty input as blocks [rows, length] in order: `at` is the block's place in the input, `to` its place in the output;
 * `kept` says that the columns stay and the rows vanish, otherwise the rows stay and the columns vanish.
 */
function forEachBlock(runs: readonly Run[], visit: (at: number, to: number, rows: number, length: number, kept: boolean) => void): void {
  const inner = runs.at(-1) ?? { length: 1, kept: true };
  const rows = runs.at(-2)?.length ?? 1;
  const blockOut = inner.kept ? inner.length : rows;
  const outer = runs.slice(0, -2);
  let at = 0;
  const walk = (depth: number, to: number): void => {
    const run = outer[depth];
    if (run === undefined) {
      visit(at, to, rows, inner.length, inner.kept);
      at += rows * inner.length;
      return;
    }
    let step = 0;
    if (run.kept) {
      step = blockOut;
      for (const deeper of outer.slice(depth + 1)) if (deeper.kept) step *= deeper.length;
    }
    for (let i = 0; i < run.length; i++) walk(depth + 1, to + i * step);
  };
  walk(0, 0);
}

function sumBlock(input: Floats, at: number, out: Float64Array, to: number, rows: number, length: number, kept: boolean): void {
  let p = at;
  for (let row = 0; row < rows; row++) {
    const end = p + length;
    if (kept) {
      for (let o = to; p < end; p++, o++) out[o]! += input[p]!;
      continue;
    }
    // Four partial sums: additions need not wait for one another.
    let s0 = 0,
      s1 = 0,
      s2 = 0,
      s3 = 0;
    for (const last = end - 3; p < last; p += 4) {
      s0 += input[p]!;
      s1 += input[p + 1]!;
      s2 += input[p + 2]!;
      s3 += input[p + 3]!;
    }
    for (; p < end; p++) s0 += input[p]!;
    out[to + row]! += s0 + s1 + (s2 + s3);
  }
}

function maxBlock(
  input: Floats,
  at: number,
  out: Float64Array,
  to: number,
  rows: number,
  length: number,
  kept: boolean,
  sign: number,
): void {
  let p = at;
  for (let row = 0; row < rows; row++) {
    const end = p + length;
    if (kept) {
      for (let o = to; p < end; p++, o++) {
        const value = sign * input[p]!;
        // A NaN is taken, and then nothing compares greater than it.
        if (value > out[o]! || value !== value) out[o] = value;
      }
      continue;
    }
    let best = out[to + row]!;
    for (; p < end; p++) {
      const value = sign * input[p]!;
      if (value > best || value !== value) best = value;
    }
    out[to + row] = best;
  }
}

/** Place of the first maximum along `axis` (a NaN is one); −1 along an empty axis. */
function argmax(storage: Storage, shape: Shape, axis: number, input: Floats): Floats {
  const size = shape[axis]!;
  const outer = numEntries(shape.slice(0, axis));
  const inner = numEntries(shape.slice(axis + 1));
  const out = storage.accumulator(outer * inner).fill(size === 0 ? -1 : 0);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * size * inner + i;
      let best = -Infinity;
      for (let k = 0, p = start; k < size; k++, p += inner) {
        const value = input[p]!;
        if (value > best || value !== value) {
          best = value;
          out[o * inner + i] = k;
          if (value !== value) break;
        }
      }
    }
  }
  return storage.finish(out);
}
