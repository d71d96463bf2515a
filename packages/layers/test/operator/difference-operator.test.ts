import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { firstDifference, laplacian, secondDifference } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, kron, type Matrix, matrix, sumOf } from "./naive-matrix.js";

const boundaries = ["zero", "periodic", "symmetric", "antisymmetric", "replicate", "reflect"] as const;
type Rule = (typeof boundaries)[number];

/** Which entry stands at position p of the axis that goes on by one point, and its sign. */
function source(p: number, n: number, boundary: Rule): [number, number] {
  if (p >= 0 && p < n) return [p, 1];
  if (boundary === "zero") return [0, 0];
  if (boundary === "periodic") return [(p + n) % n, 1];
  if (boundary === "reflect") return [n === 1 ? 0 : p < 0 ? 1 : n - 2, 1];
  return [p < 0 ? 0 : n - 1, boundary === "antisymmetric" ? -1 : 1];
}

function stencil(n: number, taps: readonly (readonly [number, number])[], boundary: Rule): Matrix {
  return matrix(n, n, (i, j) =>
    taps.reduce((s, [offset, c]) => {
      const [at, sign] = source(i + offset, n, boundary);
      return s + (at === j ? c * sign : 0);
    }, 0),
  );
}

const second = (h: number) =>
  [
    [-1, 1 / h ** 2],
    [0, -2 / h ** 2],
    [1, 1 / h ** 2],
  ] as const;

describe("differences", () => {
  property.prop(
    [
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(...boundaries),
      fc.constantFrom(1, 0.5, 2),
      fc.constantFrom("forward", "backward", "central"),
    ],
    { numRuns: 40 },
  )("first and second differences along either axis, every boundary", (n, boundary, h, scheme) => {
    const taps = {
      forward: [
        [0, -1 / h],
        [1, 1 / h],
      ],
      backward: [
        [-1, -1 / h],
        [0, 1 / h],
      ],
      central: [
        [-1, -0.5 / h],
        [1, 0.5 / h],
      ],
    } as const;
    const kind = scheme as keyof typeof taps;
    expectOperator(firstDifference([n, 2], { h, boundary, scheme: kind }), alongAll([stencil(n, taps[kind], boundary), identity(2)]));
    expectOperator(
      secondDifference([2, n, 1], { axis: 1, h, boundary }),
      alongAll([identity(2), stencil(n, second(h), boundary), identity(1)]),
    );
  });

  test("without a boundary the result is shorter", () => {
    expectOperator(firstDifference([3], { h: 1, boundary: "none" }), [-1, 1, 0, 0, -1, 1]);
    expectOperator(secondDifference([4], { h: 1, boundary: "none" }), [1, -2, 1, 0, 0, 1, -2, 1]);
  });

  test("refuse what does not fit", () => {
    expect(() => firstDifference([4], { h: 0 })).toThrow("firstDifference: h is 0; the distance between grid points must be positive");
    expect(() => secondDifference([2], { boundary: "none" })).toThrow(
      "secondDifference: axis 0 has 2 points; without a boundary it needs at least 3",
    );
    expect(() => firstDifference([4], { axis: 1 })).toThrow("firstDifference: axis 1 is outside");
  });
});

describe("laplacian", () => {
  // Lecture, "Discretization of ∇²": L1D = 1/h² spdiags([1 −2 1], −1:1, N, N), h = 1/N.
  test("in one dimension is the lecture's L1D, n = 4", () => {
    const L1D = [
      [-2, 1, 0, 0],
      [1, -2, 1, 0],
      [0, 1, -2, 1],
      [0, 0, 1, -2],
    ];
    expectOperator(
      laplacian([4]),
      L1D.flat().map((x) => 16 * x),
    );
  });

  property.prop(
    [fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...boundaries), fc.integer({ min: 1, max: 2 })],
    {
      numRuns: 25,
    },
  )("in two dimensions is kron(I, L1D) + kron(L1D, I), for each channel", (m1, m2, boundary, channels) => {
    const [L1, L2] = [stencil(m1, second(1 / m1), boundary), stencil(m2, second(1 / m2), boundary)];
    const L = sumOf(kron(L1, identity(m2)), kron(identity(m1), L2));
    expectOperator(laplacian([m1, m2, channels], { boundary }), kron(L, identity(channels)).flat());
  });

  test("is the stencil [0 1 0; 1 −4 1; 0 1 0]/h², h for each axis, in three dimensions too", () => {
    const [a, b, c] = [stencil(2, second(1), "periodic"), stencil(3, second(0.5), "zero"), stencil(2, second(2), "symmetric")];
    const L = sumOf(
      sumOf(kron(kron(a, identity(3)), identity(2)), kron(kron(identity(2), b), identity(2))),
      kron(kron(identity(2), identity(3)), c),
    );
    expectOperator(laplacian([2, 3, 2, 1], { h: [1, 0.5, 2], boundary: ["periodic", "zero", "symmetric"] }), L.flat());
  });

  test("refuses what does not fit", () => {
    expect(() => laplacian([3, 3, 1], { h: [1] })).toThrow("laplacian: h is [1]; it must be a positive number, or a list of 2 such");
    expect(() => laplacian([3], { axes: [] })).toThrow("laplacian: no axes; at least one is needed");
  });
});
