import type { MatmulSizes, View } from "../../backend.js";

/** A batch of matrix products in its simplest form; all strides are in bytes. The result is contiguous [...batch, m, n]. */
export interface Product {
  readonly batch: readonly BatchAxis[];
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** Strides of A[m, k]. */
  readonly a: { readonly row: number; readonly step: number };
  /** Strides of B[k, n]. */
  readonly b: { readonly step: number; readonly column: number };
  /** Whether the factors have changed places, Cᵀ = BᵀAᵀ: a result of one column lies in memory as one of one row does. */
  readonly swapped: boolean;
}

export interface BatchAxis {
  readonly size: number;
  readonly a: number;
  readonly b: number;
}

/**
 * The product with as few batch axes as it can have: neighbours that step alike become one axis, an axis along which B is constant becomes rows of A,
 * one along which a single row of A is constant becomes columns of B, and a single column becomes a single row. Axes of one entry are never stepped
 * along; their strides are called what a contiguous matrix would have.
 */
export function productOf({ batch, m, n, k }: MatmulSizes, a: View, b: View, bytes: number): Product {
  const rank = batch.length;
  const [row, aStep] = [a.strides[rank]! * bytes, a.strides[rank + 1]! * bytes];
  const [bStep, column] = [b.strides[rank]! * bytes, b.strides[rank + 1]! * bytes];
  const axes = batch.map((size, i) => ({ size, a: a.strides[i]! * bytes, b: b.strides[i]! * bytes }));
  let product: Product = { batch: mergedAxes(axes), m, n, k, a: { row, step: aStep }, b: { step: bStep, column }, swapped: false };
  for (;;) {
    product = folded(product);
    if (product.n !== 1 || product.m === 1) break;
    product = transposed(product);
  }
  return {
    ...product,
    a: { row: product.m === 1 ? k * bytes : product.a.row, step: k === 1 ? bytes : product.a.step },
    b: { step: k === 1 ? product.n * bytes : product.b.step, column: product.n === 1 ? bytes : product.b.column },
  };
}

function mergedAxes(axes: readonly BatchAxis[]): BatchAxis[] {
  const merged: BatchAxis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const outer = merged.at(-1);
    if (outer !== undefined && outer.a === axis.size * axis.a && outer.b === axis.size * axis.b) {
      merged[merged.length - 1] = { size: outer.size * axis.size, a: axis.a, b: axis.b };
    } else merged.push(axis);
  }
  return merged;
}

/** Batch axes, from the last, made into rows or columns as far as they can be. */
function folded(product: Product): Product {
  const { batch, m, n, a, b } = product;
  const last = batch.at(-1);
  if (last === undefined) return product;
  const outer = batch.slice(0, -1);
  if (last.b === 0 && (m === 1 || last.a === m * a.row)) {
    return folded({ ...product, batch: outer, m: m * last.size, a: { ...a, row: m === 1 ? last.a : a.row } });
  }
  if (last.a === 0 && m === 1 && (n === 1 || last.b === n * b.column)) {
    return folded({ ...product, batch: outer, n: n * last.size, b: { ...b, column: n === 1 ? last.b : b.column } });
  }
  return product;
}

function transposed({ batch, m, n, k, a, b, swapped }: Product): Product {
  return {
    batch: batch.map((axis) => ({ size: axis.size, a: axis.b, b: axis.a })),
    m: n,
    n: m,
    k,
    a: { row: b.column, step: b.step },
    b: { step: a.step, column: a.row },
    swapped: !swapped,
  };
}
