import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { contractLabels, type Labelled, requireOneSize } from "./contract-labels.js";

/**
 * Σ a b over pairs of axes; the other axes of a, then those of b, remain.
 * @param axes the last `axes` of a with the first `axes` of b; or lists, a's axis `axes[0][i]` with b's `axes[1][i]`
 * @throws ShapeError if paired axes differ in size, or an axis is outside or named twice
 */
export function tensordot(a: Value, b: Value, axes: number | readonly [readonly number[], readonly number[]]): Value {
  const [ofA, ofB] = pairedAxes(a, b, axes);
  const left: Labelled = { value: a, labels: label("a", a, ofA) };
  const right: Labelled = { value: b, labels: label("b", b, ofB) };
  requireOneSize("tensordot", [left, right], (name) => {
    const pair = Number(name);
    return `pair ${pair} (axis ${ofA[pair]} of ${showShape(a.shape)}, axis ${ofB[pair]} of ${showShape(b.shape)})`;
  });
  return contractLabels(
    left,
    right,
    [...left.labels, ...right.labels].filter((name) => !/^\d/.test(name)),
  );
}

/** a[i] b[j] for every pair of indices. @returns [...a.shape, ...b.shape] */
export function outer(a: Value, b: Value): Value {
  return tensordot(a, b, 0);
}

/** Σ_k a[…, k] b[…, k] over the last axes. @returns [...a.shape without its last, ...b.shape without its last] @throws ShapeError if their sizes differ, or one is a scalar */
export function inner(a: Value, b: Value): Value {
  if (a.shape.length === 0 || b.shape.length === 0 || a.shape.at(-1) !== b.shape.at(-1)) {
    throw new ShapeError(`inner: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}; both need a last axis, of one size`);
  }
  return tensordot(a, b, [[-1], [-1]]);
}

function pairedAxes(a: Value, b: Value, axes: number | readonly [readonly number[], readonly number[]]): [number[], number[]] {
  if (typeof axes === "number" && !(Number.isInteger(axes) && axes >= 0 && axes <= Math.min(a.shape.length, b.shape.length))) {
    throw new ShapeError(
      `tensordot: ${axes} axes of ${showShape(a.shape)} and ${showShape(b.shape)}; it must be an integer ≥ 0, and both must have so many`,
    );
  }
  const lists: readonly [readonly number[], readonly number[]] =
    typeof axes === "number"
      ? [Array.from({ length: axes }, (_, i) => a.shape.length - axes + i), Array.from({ length: axes }, (_, i) => i)]
      : axes;
  if (lists[0].length !== lists[1].length) {
    throw new ShapeError(`tensordot: ${lists[0].length} axes of a are paired with ${lists[1].length} of b; there must be as many of each`);
  }
  return [resolve("a", a, lists[0]), resolve("b", b, lists[1])];
}

function resolve(name: string, x: Value, axes: readonly number[]): number[] {
  const resolved = axes.map((axis) => normalizeAxis(`tensordot (${name})`, axis, x.shape.length));
  if (new Set(resolved).size !== resolved.length)
    throw new ShapeError(`tensordot: axes [${axes.join(", ")}] of ${name} name one twice; name each axis once`);
  return resolved;
}

/** Paired axes are named by the number of their pair, the others by their operand. */
function label(name: string, x: Value, paired: readonly number[]): string[] {
  return x.shape.map((_, axis) => (paired.includes(axis) ? String(paired.indexOf(axis)) : `${name}${axis}`));
}
