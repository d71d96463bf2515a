import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { rearrange, reversed, type Segment } from "./rearrange.js";

/**
 * How an axis x₁ … x_n goes on beyond its ends (shown at the left end):
 * `zero` …0 0|x₁; `periodic` …x_{n−1} x_n|x₁; `reflect` …x₃ x₂|x₁ (edge not repeated); `symmetric` …x₂ x₁|x₁ (edge repeated);
 * `replicate` …x₁ x₁|x₁; `antisymmetric` …−x₂ −x₁|x₁ (odd about the half sample).
 */
export type Boundary = "zero" | "periodic" | "reflect" | "symmetric" | "replicate" | "antisymmetric";

export const boundaries: readonly Boundary[] = ["zero", "periodic", "reflect", "symmetric", "replicate", "antisymmetric"];

/**
 * E x, x extended along one axis by `lo` entries before and `hi` after it. Linear; its transpose folds the border back onto the entries it came from.
 * @param lo may exceed the axis: periodic repeats, symmetric, reflect and antisymmetric go to and fro
 * @throws ShapeError if lo or hi is not an integer ≥ 0, or an empty axis is extended by anything but zeros
 * @example
 * import { cpu } from "@paramat/backends";
 * import { extend, ndarray } from "@paramat/core";
 * extend(ndarray(cpu(), [1, 2, 3]), 0, 2, 1, "reflect").toNested(); // → [3, 2, 1, 2, 3, 2]
 */
export function extend(x: Value, axis: number, lo: number, hi: number, boundary: Boundary): Value {
  const at = normalizeAxis("extend", axis, x.shape.length);
  const n = x.shape[at] as number;
  checkExtension("extend", n, lo, hi, boundary, `axis ${at} of ${showShape(x.shape)}`);
  if (lo === 0 && hi === 0) return x;
  return rearrange(x, at, lo + n + hi, segmentsOf(boundary, n, lo, hi));
}

/**
 * Eᵀ z, the transpose of `extend`: the border of z is added to the entries that it was copied from.
 * @param z extended: its size along `axis` is lo + n + hi
 * @throws ShapeError as `extend`, or if the axis is shorter than lo + hi
 * @example
 * import { cpu } from "@paramat/backends";
 * import { extendTranspose, ndarray } from "@paramat/core";
 * extendTranspose(ndarray(cpu(), [3, 2, 1, 2, 3, 2]), 0, 2, 1, "reflect").toNested(); // → [1, 6, 6]
 */
export function extendTranspose(z: Value, axis: number, lo: number, hi: number, boundary: Boundary): Value {
  const at = normalizeAxis("extendTranspose", axis, z.shape.length);
  const n = (z.shape[at] as number) - lo - hi;
  if (n < 0) throw new ShapeError(`extendTranspose: axis ${at} of ${showShape(z.shape)} is shorter than its border of ${lo} + ${hi}`);
  checkExtension("extendTranspose", n, lo, hi, boundary, `what axis ${at} of ${showShape(z.shape)} extends`);
  if (lo === 0 && hi === 0) return z;
  return rearrange(z, at, n, segmentsOf(boundary, n, lo, hi).map(reversed));
}

function checkExtension(op: string, n: number, lo: number, hi: number, boundary: Boundary, where: string): void {
  if (!boundaries.includes(boundary))
    throw new ShapeError(`${op}: boundary is ${String(boundary)}; it must be one of ${boundaries.join(", ")}`);
  if (![lo, hi].every((width) => Number.isInteger(width) && width >= 0)) {
    throw new ShapeError(`${op}: widths ${lo} and ${hi}; they must be integers ≥ 0`);
  }
  if (n === 0 && boundary !== "zero" && lo + hi > 0) {
    throw new ShapeError(`${op}: ${where} is empty; there is nothing that ${boundary} could repeat`);
  }
}

/** Runs of entries of −lo … n + hi − 1 that are read from x in one direction. */
function segmentsOf(boundary: Boundary, n: number, lo: number, hi: number): Segment[] {
  const inside: Segment = { from: 0, fromStep: 1, to: lo, toStep: 1, length: n, sign: 1 };
  if (boundary === "zero") return [inside];
  if (boundary === "replicate") {
    const before: Segment = { from: 0, fromStep: 0, to: 0, toStep: 1, length: lo, sign: 1 };
    return [before, inside, { ...before, from: n - 1, to: lo + n, length: hi }];
  }
  // The other boundaries repeat with some period: x itself, or x there and back; copy k covers k·reach … k·reach + reach − 1.
  const reach = boundary === "reflect" ? Math.max(1, n - 1) : n;
  const segments: Segment[] = [];
  for (let k = Math.floor(-lo / reach); k * reach < n + hi; k++) {
    const first = Math.max(-lo, k * reach);
    const length = Math.min(n + hi, (k + 1) * reach) - first;
    const backwards = k % 2 !== 0 && boundary !== "periodic";
    const into = first - k * reach;
    // Backwards, reflect starts at the edge x_n itself (which ended the copy before), the others at the repeated edge.
    const from = !backwards ? into : boundary === "reflect" ? Math.max(0, n - 1) - into : n - 1 - into;
    const sign = backwards && boundary === "antisymmetric" ? -1 : 1;
    segments.push({ from, fromStep: backwards ? -1 : 1, to: lo + first, toStep: 1, length, sign });
  }
  return segments;
}
