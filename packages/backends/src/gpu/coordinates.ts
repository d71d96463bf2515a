import type { Shape } from "../backend.js";
import { integer } from "./launch.js";

/** Declarations of integers, and how each coordinate is written. */
export interface Coordinates {
  readonly code: string;
  /** One for each axis: the name of a variable, or `0` where the axis has one entry. */
  readonly names: readonly string[];
}

/**
 * The coordinates of row-major `position` in `shape`, each declared under `prefix` and the number of its axis.
 * @param position an integer variable, or an expression of such
 */
export function coordinates(position: string, shape: Shape, prefix: string): Coordinates {
  const names = shape.map((size, a) => (size === 1 ? "0" : `${prefix}${a}`));
  const axes = shape.flatMap((size, a) => (size === 1 ? [] : [a]));
  const code: string[] = [];
  let rest = position;
  for (let k = axes.length - 1; k >= 0; k--) {
    const a = axes[k]!;
    const size = shape[a]!;
    if (k === 0) {
      code.push(integer(`${prefix}${a}`, rest));
      break;
    }
    const above = `${prefix}over${a}`;
    code.push(integer(above, `quotient(${rest}, ${size})`), integer(`${prefix}${a}`, `${rest} - ${above} * ${size}`));
    rest = above;
  }
  return { code: code.join("\n"), names };
}

/** `offset + Σ strides[a]·names[a]` as an integer expression; terms that are 0 are left out. */
export function placeAt(names: readonly string[], strides: readonly number[], offset: number | string): string {
  const terms = names.flatMap((name, a) => {
    const stride = strides[a]!;
    if (name === "0" || stride === 0) return [];
    if (stride === 1) return [`+ ${name}`];
    return [`${stride < 0 ? "-" : "+"} ${name} * ${Math.abs(stride)}`];
  });
  const start = String(offset) === "0" && terms.length > 0 && terms[0]!.startsWith("+") ? terms.shift()!.slice(2) : String(offset);
  return [start, ...terms].join(" ");
}

/** Whether reading with these strides from 0 is reading entry i for place i. */
export function isContiguous(shape: Shape, strides: readonly number[], offset: number): boolean {
  let expected = 1;
  for (let a = shape.length - 1; a >= 0; a--) {
    if (shape[a] !== 1 && strides[a] !== expected) return false;
    expected *= shape[a]!;
  }
  return offset === 0;
}
