import type { Buffer, IndexBuffer, WindowGeometry } from "../backend.js";

/**
 * One kernel of the GPU, made concrete: its code, what it reads, and how long its result is. A call of the backend is one launch or several.
 *
 * `body` is the text of a kernel in the language of gpu.js, a small part of JavaScript: statements that return the number at place `i` of the result. Operands
 * are `a0`, `a1`, …, tables go by their names, all of them flat: `a0[i]`. The rules, which gpu.js does not enforce:
 * - Positions are integers, exact to 2³¹, as long as they are kept in variables declared by `integer(name, value)`; `let` makes a float32, exact to 2²⁴.
 *   Sums, differences and products of integers are integers. `quotient(a, b)` is ⌊a/b⌋ for a ≥ 0, b > 0; plain division and `%` are float32.
 * - Loops are `for (let k = 0; k < 27; k++)` with a literal bound, or have one that depends on integers; k is an integer.
 * - A number with an integral value may be taken for an integer where integers stand around it; a literal beside a float is a float.
 * - There is no literal for ∞ and NaN, and a device may take x ≠ x for false: they come from tables, and `!(x >= -largest || …)` finds them.
 * - Reading outside of an operand gives anything.
 */
export interface Launch {
  /** Same key, same body, and tables of the same names and lengths; their numbers, and the operands' lengths, may differ. */
  readonly key: string;
  readonly body: () => string;
  readonly operands: readonly (Buffer | IndexBuffer)[];
  /** Constant numbers by the name that the body uses for them; put on the device once, and kept as long as the array lives. */
  readonly tables?: Readonly<Record<string, Float32Array>>;
  /** Numbers of the result. Where this is 0 nothing is run. */
  readonly length: number;
  /** The result is positions, not numbers. */
  readonly isIndex?: boolean;
}

/** Runs a launch: how lowerings that take more than one get at what lies between. */
export type Run = (launch: Launch) => Buffer;

/**
 * Declares an integer variable, which `let` alone would make a float32: gpu.js takes for integers the variables that are counted up. It takes sums of literals
 * for floats, unless an integer stands before them; the variable itself, which is 1 then, does.
 */
export function integer(name: string, value: string | number): string {
  const text = String(value);
  const isSum = /^[-+*\d\s()]*[-+*][-+*\d\s()]*$/.test(text);
  return `let ${name} = 0; ${name}++; ${name} = ${isSum ? `${name} - 1 + (${text.replace(/^-/, "0 - ")})` : text};`;
}

/** Where an index came from, which says how to invert it: from the host, or as the maxima of windows over the array it points into. */
export type IndexOrigin = { readonly values: Int32Array } | { readonly windows: WindowGeometry };

/** What lowerings use of the engine. */
export interface Device {
  readonly run: Run;
  /** Frees what `body` made on the way to its result. */
  scope<T>(body: () => T): T;
  /** The constants of this name, made if they are not at hand: the same array each time, so that it is put on the device once. The same name must mean the same numbers. */
  table(name: string, make: () => Float32Array): Float32Array;
  originOf(index: IndexBuffer): IndexOrigin | undefined;
  /** A result that is positions, with what is known of them. */
  asIndex(buffer: Buffer, origin: IndexOrigin): IndexBuffer;
}
