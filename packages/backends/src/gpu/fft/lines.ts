import type { Shape } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { placeAt } from "../coordinates.js";
import { integer } from "../launch.js";

/** Lines along the middle of [outer, n, inner]. */
export interface Lines {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/**
 * How lines of n numbers lie: complex ones as [2, outer, n, inner], real and imaginary plane; those that are conjugate symmetric by their first half,
 * [2, outer, ⌊n/2⌋ + 1, inner]; real ones as [outer, n, inner].
 */
export type Form = "complex" | "half" | "real";

/** [planes, outer, entries, inner]. */
export function formShape(form: Form, { outer, n, inner }: Lines): Shape {
  return [form === "real" ? 1 : 2, outer, form === "half" ? Math.floor(n / 2) + 1 : n, inner];
}

/** The axis of a row-major array as lines. */
export function linesAlong(shape: Shape, axis: number): Lines {
  return { outer: numEntries(shape.slice(0, axis)), n: shape[axis]!, inner: numEntries(shape.slice(axis + 1)) };
}

/** Reads complex numbers of `a0` for a thread that computes one plane: the number's part in that plane, and its part in the other one, which real lines lack. */
export interface LineReader {
  /** Statements before the reads; they declare `sign` too, which is −1 in the real plane, 1 in the imaginary one, and the opposite under `isConjugate`. */
  readonly start: string;
  /** @param at an integer expression @param mark ends the names that the statements declare */
  read(at: string, mark: string): { readonly code: string; readonly own: string; readonly other: string | null };
}

/**
 * @param plane, outer, inner the coordinates of the thread: integer variables, or `0`
 * @param isConjugate whether numbers are to be multiplied by the conjugates of what the tables hold
 */
export function lineReader(
  form: Form,
  lines: Lines,
  [plane, outer, inner]: readonly [string, string, string],
  isConjugate: boolean,
): LineReader {
  const [, , entries] = formShape(form, lines);
  const size = lines.outer * entries! * lines.inner;
  const line = placeAt([outer, inner], [entries! * lines.inner, 1], 0);
  const [first, second] = isConjugate ? ["1.0", "-1.0"] : ["-1.0", "1.0"];
  const sign = `let sign = ${first};${plane === "0" ? "" : ` if (${plane} > 0) { sign = ${second}; }`}`;
  if (form === "half") return halfReader(lines, plane, size, `${integer("line", line)} ${sign}`);
  if (form === "real") {
    return {
      start: `${integer("line", line)} ${sign}`,
      read: (at) => ({ code: "", own: `a0[line + (${at}) * ${lines.inner}]`, other: null }),
    };
  }
  const other = plane === "0" ? `${line} + ${size}` : `${line} + (1 - ${plane}) * ${size}`;
  return {
    start: `${integer("line", placeAt([plane, outer, inner], [size, entries! * lines.inner, 1], 0))} ${integer("opposite", other)} ${sign}`,
    read: (at) => ({
      code: "",
      own: `a0[line + (${at}) * ${lines.inner}]`,
      other: `a0[opposite + (${at}) * ${lines.inner}]`,
    }),
  };
}

/** Beyond the half stand conjugates; numbers that are their own conjugates are taken as real. */
function halfReader({ n, inner }: Lines, plane: string, size: number, start: string): LineReader {
  return {
    start,
    read(at, mark) {
      const [place, turned, re, im, own, other] = ["place", "turned", "re", "im", "own", "other"].map((name) => `${name}${mark}`);
      const parts = `${integer(place!, at)}
let ${turned} = 1.0;
if (${place} + ${place} > ${n}) { ${place} = ${n} - ${place}; ${turned} = -1.0; }
let ${re} = a0[line + ${place} * ${inner}];
let ${im} = 0.0;
if (${place} > 0 && ${place} + ${place} < ${n}) { ${im} = ${turned} * a0[line + ${place} * ${inner} + ${size}]; }`;
      if (plane === "0") return { code: parts, own: re!, other: im! };
      const choice = `let ${own} = ${re}; let ${other} = ${im}; if (${plane} > 0) { ${own} = ${im}; ${other} = ${re}; }`;
      return { code: `${parts}\n${choice}`, own: own!, other: other! };
    },
  };
}

/** The thread's part of a number that was read times entry `at` of a table of complex numbers, real and imaginary parts in turn. */
export function timesEntry(
  { own, other }: { readonly own: string; readonly other: string | null },
  table: string,
  at: string,
  plane: string,
): string {
  if (other === null) return `${own} * ${table}[${placeAt([at, plane], [2, 1], 0)}]`;
  return `(${own} * ${table}[${placeAt([at], [2], 0)}] + sign * ${other} * ${table}[${placeAt([at], [2], 0)} + 1])`;
}
