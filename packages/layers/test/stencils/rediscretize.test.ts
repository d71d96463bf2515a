import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { betaFromStencil, convolution, galerkinCoarse, galerkinFine, rediscretize, stencilFromBeta } from "../../src/index.js";
import { values } from "./expect-stencil-model.js";

const backend = cpu("float64");

const random = (seed: number, shape: readonly number[]) => {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
};

const anchor = values([-67, 129, -59], [3, 1, 1]);
const fineGrid = { from: 16, to: 32 };

describe("rediscretize", () => {
  test("the anchors", () => {
    const differences = rediscretize(anchor, fineGrid).toArray();
    [-263, 513, -247].forEach((x, i) => expect(differences[i]).toBeCloseTo(x, 10));
    const galerkin = rediscretize(anchor, { ...fineGrid, by: "galerkin" });
    [-261.5, 510, -245.5].forEach((x, i) => expect(galerkin.toArray()[i]).toBeCloseTo(x, 10));
    const back = rediscretize(galerkin, { from: 32, to: 16, by: "galerkin" }).toArray();
    [-67, 129, -59].forEach((x, i) => expect(back[i]).toBeCloseTo(x, 10));
  });

  property.prop(
    [
      fc.array(fc.record({ width: fc.constantFrom(1, 3, 5), from: fc.integer({ min: 1, max: 6 }), to: fc.integer({ min: 1, max: 6 }) }), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.integer({ min: 1, max: 1e6 }),
    ],
    { numRuns: 25 },
  )("keeps β, each axis with its own h = 1/n", (axes, seed) => {
    const theta = random(seed, [...axes.map(({ width }) => width), 2, 1]);
    const [from, to] = [axes.map((axis) => axis.from), axes.map((axis) => axis.to)];
    const expected = stencilFromBeta(
      betaFromStencil(
        theta,
        from.map((n) => 1 / n),
      ),
      to.map((n) => 1 / n),
    ).toArray();
    const scale = Math.max(...expected.map(Math.abs));
    rediscretize(theta, { from, to })
      .toArray()
      .forEach((x: number, i: number) => expect(Math.abs(x - expected[i]!)).toBeLessThan(1e-11 * scale));
  });

  test.each(["differences", "galerkin"] as const)("acts on smooth functions as before, up to O(h²): %s", (by) => {
    // A stencil whose operator is fixed by β at n = 32, on y = sin 2πx, periodic; of fourth order for differences, of second for Galerkin.
    const width = by === "differences" ? 5 : 3;
    const start = stencilFromBeta(values([1, 0.3, 0.02, 0.001, 0.0001].slice(0, width), [width, 1, 1]), 1 / 32);
    const gap = (n: number) => {
      const coarse = rediscretize(start, { from: 32, to: n, by });
      const fine = rediscretize(coarse, { from: n, to: 2 * n, by });
      const at = (points: number, theta: typeof start) => {
        const y = values(
          Array.from({ length: points }, (_, i) => Math.sin((2 * Math.PI * i) / points)),
          [1, points, 1],
        );
        return convolution([points, 1], { channels: 1, kernel: width, boundary: "periodic" }).apply(theta, y).toArray();
      };
      const [z, zFine] = [at(n, coarse), at(2 * n, fine)];
      return Math.max(...Array.from(z, (x, i) => Math.abs(x - zFine[2 * i]!)));
    };
    const order = Math.log2(gap(32) / gap(64));
    expect(order).toBeGreaterThan(1.8);
  });

  test("by Galerkin through several grids; coarse stencils keep the width with zeros around", () => {
    const theta = random(4, [3, 5, 1, 1]);
    const [a, b] = [galerkinFine(galerkinFine(theta)).toArray(), rediscretize(theta, { from: 8, to: 32, by: "galerkin" }).toArray()];
    const scale = Math.max(...a.map(Math.abs));
    a.forEach((x: number, i: number) => expect(Math.abs(x - b[i]!)).toBeLessThan(1e-12 * scale));
    const wide = random(5, [9, 1, 1]);
    const coarse = rediscretize(wide, { from: 32, to: 16, by: "galerkin" });
    expect(coarse.shape).toEqual([9, 1, 1]);
    const inner = galerkinCoarse(wide).toArray();
    expect([...coarse.toArray()]).toEqual([0, ...inner, 0]);
  });

  test("leaves widths of 1 and axes whose grid stays, even widths too", () => {
    const theta = random(6, [1, 2, 3, 1]);
    expect(rediscretize(theta, { from: [8, 8], to: [16, 8] })).toBe(theta);
  });

  test.each([
    [[2, 1, 1], { from: 8, to: 16 }, "rediscretize: the kernel is [2]; every width must be odd"],
    [[3, 1, 1], { from: 0, to: 16 }, "rediscretize: from is 0; it must be a positive number of points"],
    [[3, 1, 1], { from: 8, to: [8, 8] }, "rediscretize: to is [8, 8]; it must be a positive number of points, or one for each of 1 axes"],
    [
      [3, 1, 1],
      { from: 8, to: 24, by: "galerkin" as const },
      "by Galerkin with 3 times the points along axis 0; the factor must be a power of two",
    ],
    [[3], { from: 8, to: 16 }, "rediscretize: the stencil is [3]"],
  ])("refuses %j with %j", (shape, options, message) => {
    expect(() => rediscretize(random(1, shape), options)).toThrow(message);
  });
});
