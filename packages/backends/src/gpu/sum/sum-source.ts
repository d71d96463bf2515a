import { integer } from "../launch.js";
import { UNROLLED } from "./chunks-of.js";

/** An axis that is summed over. */
export interface SummedAxis {
  readonly size: number;
  /** Statements at the beginning of each turn, and on what condition it counts; the names that they declare must belong to this axis alone. */
  readonly enter?: (index: string) => { readonly code: string; readonly when: string };
}

/** The part of an axis that a thread sums: `chunk` of its entries, from `part · chunk` on. */
export interface Range extends SummedAxis {
  readonly chunk: number;
  /** The name of an integer variable, or `0`. */
  readonly part: string;
}

/** Statements that return Σ term over the product of the ranges. Each loop has a sum of its own; innermost terms are added by pairs. */
export function sumSource(ranges: readonly Range[], term: (over: readonly string[]) => string): string {
  const starts = ranges.map((range, a) => startSource(range, a)).join("\n");
  return `${starts}\n${levelSource(ranges, 0, [], term)}\nreturn sum0;`;
}

/** Where a thread's part of a cut axis begins and, if the last part is shorter, how long it is. */
function startSource({ size, chunk, part }: Range, a: number): string {
  if (chunk === size) return "";
  const start = integer(`from${a}`, `${part} * ${chunk}`);
  if (size % chunk === 0) return start;
  return `${start} ${integer(`count${a}`, chunk)} if (from${a} + ${chunk} > ${size}) { count${a} = ${size} - from${a}; }`;
}

/** Declares `sum<a>` and gives it the sum over axes a and on. */
function levelSource(ranges: readonly Range[], a: number, outer: readonly string[], term: (over: readonly string[]) => string): string {
  const range = ranges[a];
  if (range === undefined) return `let sum${a} = ${term(outer)};`;
  const { size, chunk, enter } = range;
  const isCut = chunk !== size;
  if (size === 1 && !enter) {
    const inside = levelSource(ranges, a + 1, [...outer, "0"], term);
    return `${inside}\nlet sum${a} = sum${a + 1};`;
  }
  const isLast = ranges.slice(a + 1).every(({ size: rest, enter: within }) => rest === 1 && !within);
  const index = (within: string): string => (isCut ? `(from${a} + ${within})` : within);
  const bound = isCut && size % chunk !== 0 ? `count${a}` : String(chunk);
  if (isLast && !enter) {
    const zeros = ranges.slice(a + 1).map(() => "0");
    return innermostSource(a, bound, (within) => term([...outer, index(within), ...zeros]));
  }
  const entered = enter?.(index(`t${a}`));
  const inside = `${levelSource(ranges, a + 1, [...outer, index(`t${a}`)], term)}\nsum${a} = sum${a} + sum${a + 1};`;
  const turn = entered ? `${entered.code}\nif (${entered.when}) {\n${inside}\n}` : inside;
  return `let sum${a} = 0.0;\nfor (let t${a} = 0; t${a} < ${bound}; t${a}++) {\n${turn}\n}`;
}

function innermostSource(a: number, bound: string, term: (within: string) => string): string {
  const length = Number(bound);
  const straight = (from: number, to: number): string => pairwise(Array.from({ length: to - from }, (_, k) => term(String(from + k))));
  if (length <= UNROLLED) return `let sum${a} = ${straight(0, length)};`;
  const block = pairwise(Array.from({ length: UNROLLED }, (_, k) => term(k === 0 ? `t${a}` : `(t${a} + ${k})`)));
  // A loop whose index is the block's number, not its start, keeps the plain form that every device's compiler knows.
  const loop = (blocks: string): string => `for (let b${a} = 0; b${a} < ${blocks}; b${a}++) {
${integer(`t${a}`, `b${a} * ${UNROLLED}`)}
sum${a} = sum${a} + ${block};
}`;
  if (!Number.isNaN(length)) {
    const whole = Math.floor(length / UNROLLED);
    const rest = length % UNROLLED === 0 ? "" : `\nsum${a} = sum${a} + ${straight(whole * UNROLLED, length)};`;
    return `let sum${a} = 0.0;\n${loop(String(whole))}${rest}`;
  }
  return `let sum${a} = 0.0;
${integer(`blocks${a}`, `quotient(${bound}, ${UNROLLED})`)}
${loop(`blocks${a}`)}
${integer(`rest${a}`, `${bound} - blocks${a} * ${UNROLLED}`)}
for (let r${a} = 0; r${a} < rest${a}; r${a}++) {
sum${a} = sum${a} + ${term(`(blocks${a} * ${UNROLLED} + r${a})`)};
}`;
}

/** ((t₀ + t₁) + (t₂ + t₃)) + …: rounds less than one after another. */
function pairwise(terms: readonly string[]): string {
  if (terms.length === 1) return terms[0]!;
  const middle = Math.ceil(terms.length / 2);
  return `(${pairwise(terms.slice(0, middle))} + ${pairwise(terms.slice(middle))})`;
}
