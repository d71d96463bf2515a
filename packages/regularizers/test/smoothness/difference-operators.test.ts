import { cpu } from "@paramat/backends";
import { type Boundary, boundaries, eye, ndarray, reshape, sizeOf } from "@paramat/core";
import { firstDifference, type LinearOperator, laplacian } from "@paramat/layers";
import fc from "fast-check";
import { add, identity, kron, type Matrix, matrix, multiply } from "mathjs";
import { describe, expect, it } from "vitest";
import { differenceOperators, laplacianOperator } from "../../src/smoothness/difference-operators.js";
import { gridView } from "../../src/smoothness/grid-view.js";

const backend = cpu("float64");

/** Rows of the matrix of A. */
function matrixOf(A: LinearOperator): number[][] {
  const n = sizeOf(A.inShape);
  const columns = A.apply(reshape(eye(backend, n), [n, ...A.inShape])).toArray();
  const m = sizeOf(A.outShape);
  return Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => columns[j * m + i] as number));
}

/** Equal to rounding, entry by entry. */
function expectClose(left: readonly number[][], right: readonly number[][]): void {
  const scale = Math.max(1, ...left.flat().map(Math.abs));
  expect(left.map((row) => row.length)).toEqual(right.map((row) => row.length));
  left.forEach((row, i) => {
    row.forEach((entry, j) => expect(Math.abs(entry - (right[i]?.[j] as number))).toBeLessThanOrEqual(16 * backend.epsilon * scale));
  });
}

const grids = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 7 })),
  fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
);

const cases = grids.chain((grid) =>
  fc.record({
    grid: fc.constant(grid as readonly number[]),
    channels: fc.integer({ min: 1, max: 2 }),
    boundary: fc.tuple(...grid.map(() => fc.constantFrom(...boundaries))),
    h: fc.tuple(...grid.map(() => fc.double({ min: 0.5, max: 2, noNaN: true }))),
    order: fc.integer({ min: 1, max: 4 }),
  }),
);

function viewOf({ grid, channels, boundary, h }: { grid: readonly number[]; channels: number; boundary: Boundary[]; h: number[] }) {
  const asImages = [...grid, channels];
  const leaf = ndarray(backend, new Float64Array(sizeOf(asImages)));
  return gridView("test", leaf, { asImages, boundary, h }, "zero");
}

describe("differenceOperators and laplacianOperator", () => {
  it("are the same matrix, entry by entry, as a sum of Kronecker products and as a convolution", () => {
    fc.assert(
      fc.property(cases, (given) => {
        const view = viewOf(given);
        const pairs = [
          [laplacianOperator(view, "kronecker"), laplacianOperator(view, "convolution")] as const,
          ...differenceOperators(view, given.order, "kronecker").map(
            (A, a) => [A, differenceOperators(view, given.order, "convolution")[a] as LinearOperator] as const,
          ),
        ];
        for (const [A, B] of pairs) {
          expectClose(matrixOf(A), matrixOf(B));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("have exact transposes, in both builds", () => {
    fc.assert(
      fc.property(cases, fc.constantFrom("kronecker" as const, "convolution" as const), (given, build) => {
        const view = viewOf(given);
        for (const A of [laplacianOperator(view, build), ...differenceOperators(view, given.order, build)]) {
          const transposed = matrixOf({ ...A, inShape: A.outShape, outShape: A.inShape, apply: A.applyTranspose });
          expectClose(
            matrixOf(A),
            transposed.map((row, i) => row.map((_, j) => transposed[j]?.[i] as number)),
          );
        }
      }),
      { numRuns: 20 },
    );
  });

  it("agree with the operators of the layers", () => {
    const view = viewOf({ grid: [4, 3], channels: 2, boundary: ["reflect", "periodic"], h: [0.5, 2] });
    const ours = [laplacianOperator(view), differenceOperators(view, 1)[1] as LinearOperator];
    const theirs = [
      laplacian([4, 3, 2], { h: [0.5, 2], boundary: ["reflect", "periodic"] }),
      firstDifference([4, 3, 2], { axis: 1, h: 2, boundary: "periodic" }),
    ];
    ours.forEach((A, k) => expect(matrixOf(A)).toEqual(matrixOf(theirs[k] as LinearOperator)));
  });

  it("are the lecture's matrices: L1D by spdiags, and kron(speye(m2), L1D(m1, h1)) + kron(L1D(m2, h2), speye(m1))", () => {
    // The lecture prints L1D = @(N,h) 1/h^2 * spdiags(ones(n,1) * [1 -2 1], -1:1, N, N); its n must be N.
    const spdiags = (values: readonly number[], offsets: readonly number[], N: number): Matrix =>
      matrix(Array.from({ length: N }, (_, i) => Array.from({ length: N }, (_, j) => values[offsets.indexOf(j - i)] ?? 0)));
    const L1D = (N: number, h: number) => multiply(1 / h ** 2, spdiags([1, -2, 1], [-1, 0, 1], N)) as Matrix;
    const dense = (A: Matrix) => A.toArray() as number[][];
    for (const N of [1, 2, 5]) {
      const view = gridView("test", ndarray(backend, new Float64Array(N)), {}, "zero");
      for (const build of ["kronecker", "convolution"] as const)
        expectClose(matrixOf(laplacianOperator(view, build)), dense(L1D(N, 1 / N)));
    }
    const [m1, m2] = [3, 4];
    const [h1, h2] = [1 / m1, 1 / m2];
    const L = dense(add(kron(identity(m2) as Matrix, L1D(m1, h1)), kron(L1D(m2, h2), identity(m1) as Matrix)) as Matrix);
    // vec in the lecture goes down the columns of an m1 × m2 image: row-major, that is a grid of m2 × m1.
    const view = gridView("test", ndarray(backend, new Float64Array(m1 * m2), [m2, m1]), { h: [h2, h1] }, "zero");
    for (const build of ["kronecker", "convolution"] as const) {
      expectClose(matrixOf(laplacianOperator(view, build)), L);
    }
  });

  it("take binomial coefficients: third differences of i³ are 6", () => {
    const view = gridView("test", ndarray(backend, new Float64Array(8)), { h: 1 }, "zero");
    const cubes = ndarray(backend, [[0, 1, 8, 27, 64, 125, 216, 343]], [1, 8, 1]);
    const found = (differenceOperators(view, 3)[0] as LinearOperator).apply(cubes).toArray();
    expect(Array.from(found.slice(1, 6))).toEqual([6, 6, 6, 6, 6]);
  });
});
