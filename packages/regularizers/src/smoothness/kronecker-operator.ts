import { type Boundary, type Shape, sizeOf } from "@paramat/core";
import { type LinearOperator, type SparseMatrixEntries, sparseOperator } from "@paramat/layers";
import { differenceTaps } from "./grid-taps.js";
import type { GridView } from "./grid-view.js";

/**
 * Σ_a I ⊗ D_a ⊗ I over some axes of the grid as one sparse matrix, D_a the k-th difference along axis a (lecture, "Discretization of ∇²": with order 2
 * and all axes, `kron(speye(m2), L1D(m1, h1)) + kron(L1D(m2, h2), speye(m1))`). Entries of the grid stand row-major, channels last.
 */
export function kroneckerOperator(
  name: string,
  view: Pick<GridView, "rowShape" | "boundary" | "steps">,
  axes: readonly number[],
  order: number,
): LinearOperator {
  const { rowShape, boundary, steps } = view;
  const terms = axes.map((a) =>
    kronAlong(rowShape, a, axisEntries(rowShape[a] as number, order, steps[a] as number, boundary[a] as Boundary)),
  );
  return { ...sparseOperator(merged(sizeOf(rowShape), terms.flat()), { inShape: rowShape, outShape: rowShape }), name };
}

interface Entry {
  readonly row: number;
  readonly col: number;
  readonly value: number;
}

/** D, n × n: taps that reach beyond the ends land where the boundary says. */
function axisEntries(n: number, order: number, h: number, boundary: Boundary): readonly Entry[] {
  const taps = differenceTaps(1, 0, order, h);
  return Array.from({ length: n }, (_, row) =>
    taps.flatMap(({ offset: [o = 0], coefficient }) => {
      const { col, sign } = sourceOf(row + o, n, boundary);
      return sign === 0 ? [] : [{ row, col, value: sign * coefficient }];
    }),
  ).flat();
}

/** Which entry of u stands at position p of u gone on beyond its ends, and with which sign; 0 for none. */
function sourceOf(p: number, n: number, boundary: Boundary): { readonly col: number; readonly sign: number } {
  const modulo = (period: number) => ((p % period) + period) % period;
  switch (boundary) {
    case "zero":
      return { col: p, sign: p >= 0 && p < n ? 1 : 0 };
    case "periodic":
      return { col: modulo(n), sign: 1 };
    case "replicate":
      return { col: Math.min(n - 1, Math.max(0, p)), sign: 1 };
    case "reflect": {
      const m = n === 1 ? 0 : modulo(2 * n - 2);
      return { col: m < n ? m : 2 * n - 2 - m, sign: 1 };
    }
    case "symmetric":
    case "antisymmetric": {
      const m = modulo(2 * n);
      return m < n ? { col: m, sign: 1 } : { col: 2 * n - 1 - m, sign: boundary === "symmetric" ? 1 : -1 };
    }
  }
}

/** I ⊗ D ⊗ I, D along one axis. */
function kronAlong(shape: Shape, axis: number, D: readonly Entry[]): readonly Entry[] {
  const n = shape[axis] as number;
  const before = sizeOf(shape.slice(0, axis));
  const after = sizeOf(shape.slice(axis + 1));
  const at = (b: number, i: number, c: number) => (b * n + i) * after + c;
  return Array.from({ length: before * after }, (_, index) => {
    const [b, c] = [Math.floor(index / after), index % after];
    return D.map(({ row, col, value }) => ({ row: at(b, row, c), col: at(b, col, c), value }));
  }).flat();
}

/** Entries at one place added. */
function merged(size: number, entries: readonly Entry[]): SparseMatrixEntries {
  const places = new Map<number, number>();
  for (const { row, col, value } of entries) places.set(row * size + col, (places.get(row * size + col) ?? 0) + value);
  const found = [...places];
  return {
    numRows: size,
    numCols: size,
    rows: found.map(([place]) => Math.floor(place / size)),
    cols: found.map(([place]) => place % size),
    values: found.map(([, value]) => value),
  };
}
