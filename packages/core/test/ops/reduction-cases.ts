import type { ReduceOptions, Value } from "../../src/index.js";
import * as ops from "../../src/index.js";

/** One reduction: what it computes of each group of entries. */
export interface ReductionCase {
  readonly name: string;
  readonly f: (x: Value, options?: ReduceOptions) => Value;
  /** The same of a list of numbers, as the definition has it. */
  readonly reference: (entries: readonly number[]) => number;
  /** The least number of entries. */
  readonly least: number;
  /** What the smoothness of f needs kept apart: entries from each other (max), moduli from 0 or from each other. */
  readonly apart?: (entries: readonly number[]) => readonly number[];
}

const total = (entries: readonly number[]) => entries.reduce((a, b) => a + b, 0);
const average = (entries: readonly number[]) => total(entries) / entries.length;
const spread = (entries: readonly number[]) => total(entries.map((e) => (e - average(entries)) ** 2));
const moduli = (entries: readonly number[]) => entries.map(Math.abs);
const norm = (p: number) => (entries: readonly number[]) => total(entries.map((e) => Math.abs(e) ** p)) ** (1 / p);

/** Every reduction over axes. */
export const reductionCases: readonly ReductionCase[] = [
  { name: "sum", f: ops.sum, reference: total, least: 0 },
  { name: "mean", f: ops.mean, reference: average, least: 1 },
  { name: "prod", f: ops.prod, reference: (entries) => entries.reduce((a, b) => a * b, 1), least: 0 },
  { name: "max", f: ops.max, reference: (entries) => Math.max(...entries), least: 1, apart: (entries) => entries },
  { name: "min", f: ops.min, reference: (entries) => Math.min(...entries), least: 1, apart: (entries) => entries },
  { name: "logsumexp", f: ops.logsumexp, reference: (entries) => Math.log(total(entries.map(Math.exp))), least: 1 },
  { name: "variance", f: ops.variance, reference: (entries) => spread(entries) / entries.length, least: 1 },
  {
    name: "variance, corrected",
    f: (x, o) => ops.variance(x, { ...o, correction: 1 }),
    reference: (entries) => spread(entries) / (entries.length - 1),
    least: 2,
  },
  { name: "std", f: ops.std, reference: (entries) => Math.sqrt(spread(entries) / entries.length), least: 1, apart: (entries) => entries },
  {
    name: "std, corrected",
    f: (x, o) => ops.std(x, { ...o, correction: 1 }),
    reference: (entries) => Math.sqrt(spread(entries) / (entries.length - 1)),
    least: 2,
    apart: (entries) => entries,
  },
  { name: "norm", f: ops.norm, reference: norm(2), least: 0, apart: (entries) => [0, ...moduli(entries)] },
  {
    name: "norm, p = 1",
    f: (x, o) => ops.norm(x, { ...o, p: 1 }),
    reference: norm(1),
    least: 0,
    apart: (entries) => [0, ...moduli(entries)],
  },
  {
    name: "norm, p = 1.5",
    f: (x, o) => ops.norm(x, { ...o, p: 1.5 }),
    reference: norm(1.5),
    least: 0,
    apart: (entries) => [0, ...moduli(entries)],
  },
  {
    name: "norm, p = 3",
    f: (x, o) => ops.norm(x, { ...o, p: 3 }),
    reference: norm(3),
    least: 0,
    apart: (entries) => [0, ...moduli(entries)],
  },
  {
    name: "norm, p = ∞",
    f: (x, o) => ops.norm(x, { ...o, p: Infinity }),
    reference: (entries) => Math.max(0, ...moduli(entries)),
    least: 0,
    apart: (entries) => [0, ...moduli(entries)],
  },
];
