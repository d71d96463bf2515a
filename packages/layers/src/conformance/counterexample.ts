import { printNumber } from "@paramat/core";
import { type Gap, indexOf } from "./gap.js";
import { holdsExamples, type Numbers, named, type Point } from "./point.js";

/** θ, y, … at which a law fails, as small as they could be made, and the entry that is off. */
export interface Counterexample {
  /** Row-major; y and z hold examples along axis 0. */
  readonly point: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>;
  /** What should have been equal. */
  readonly claim: string;
  /** The entry (i, j) of K(θ), counted from 0 and row-major, where the point singles one out. */
  readonly entry?: readonly [i: number, j: number];
  readonly expected?: number;
  readonly found?: number;
  toString(): string;
}

/** The counterexample at a (shrunk) point. */
export function counterexampleAt(point: Point, gap: Gap): Counterexample {
  const entry = singledOut(point, gap);
  const index = gap.index.length > 0 ? `at [${gap.index.join(", ")}]` : "";
  const ofEntry = entry ? `entry (${entry.join(", ")}) of K` : "";
  const place = point.z ? [ofEntry, index].filter((part) => part !== "").join(" ") : ofEntry || index;
  const show = printNumber(gap.expected) === printNumber(gap.found) ? String : printNumber;
  const numbers = `expected ${show(gap.expected)}, found ${show(gap.found)}`;
  const words = [gap.claim, place, numbers].filter((part) => part !== "").join("; ");
  return { ...counterexampleInWords(point, words), claim: gap.claim, ...(entry && { entry }), expected: gap.expected, found: gap.found };
}

/** A counterexample that says by itself what is off. */
export function counterexampleInWords(point: Point, words: string): Counterexample {
  const inputs = named(point).map(([name, value]) => `${name} = ${print(value, holdsExamples(name))}`);
  return {
    point: Object.fromEntries(named(point).map(([name, { shape, flat }]) => [name, { shape, values: Array.from(flat) }])),
    claim: words,
    toString: () => [...inputs, words].join("\n"),
  };
}

/** (i, j) where y = u_j, and z = u_i or row i of the one result is off. */
function singledOut(point: Point, gap: Gap): readonly [number, number] | undefined {
  const { y, z } = point;
  const j = y && !("y′" in point) ? unit(y) : undefined;
  if (j === undefined) return undefined;
  if (z) {
    const i = unit(z);
    return i === undefined ? undefined : [i, j];
  }
  return gap.row === undefined ? undefined : [gap.row, j];
}

/** j where the numbers are one example, u_j. */
function unit({ flat, shape }: Numbers): number | undefined {
  const j = flat.indexOf(1);
  return shape[0] === 1 && j >= 0 && flat.every((x, k) => x === (k === j ? 1 : 0)) ? j : undefined;
}

/** Few numbers as they are; of many, those that are not 0. One example is shown without the axis of examples. */
function print({ flat, shape }: Numbers, hasExamples: boolean): string {
  const alone = hasExamples && shape[0] === 1;
  const shown = alone ? shape.slice(1) : shape;
  if (shown.length <= 1 && flat.length <= 12) return `[${Array.from(flat, printNumber).join(", ")}]`;
  const nonZero = Array.from(flat.keys()).filter((k) => flat[k] !== 0);
  const some = nonZero.slice(0, 6).map((k) => `${printNumber(flat[k] as number)} at [${indexOf(k, shown).join(", ")}]`);
  if (nonZero.length === 0) return `0, of shape [${shown.join(", ")}]`;
  if (nonZero.length > 6) return `${some.join(", ")}, and ${nonZero.length - 6} more numbers, of shape [${shown.join(", ")}]`;
  return `${[...some, nonZero.length < flat.length ? "0 elsewhere" : ""].filter((part) => part !== "").join(", ")}, of shape [${shown.join(", ")}]`;
}
