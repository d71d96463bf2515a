import { mul, ndarray, type Shape, square, sum } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AxisBasis, throughBases } from "../../src/smoothness/axis-bases.js";
import { backend, normal } from "../fixtures/trees.js";

const bases: readonly AxisBasis[] = ["fourier", "cosine", "sine", "half sine"];

describe("throughBases", () => {
  it("goes there and back, keeping lengths, on any mix of axes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(...bases)), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (axes, channels) => {
          const shape: Shape = [2, ...axes.map(([n]) => n), channels];
          const x = normal(1, ...shape);
          const back = throughBases(
            x,
            shape,
            axes.map(([, basis]) => basis),
            (coefficients) => {
              // Unitary, but for the Fourier transforms, which are unscaled.
              const points = axes.reduce((product, [n, basis]) => product * (basis === "fourier" ? n : 1), 1);
              expect(Math.abs(sum(square(coefficients)).item() / points - sum(square(x)).item())).toBeLessThan(1e-11 * x.size);
              return mul(coefficients, 2);
            },
          );
          back.toArray().forEach((y, i) => expect(Math.abs(y - 2 * (x.toArray()[i] as number))).toBeLessThan(1e-12));
        },
      ),
      { numRuns: 40 },
    );
  });

  it("finds each basis vector at its own place", () => {
    const n = 5;
    const vectors: Record<Exclude<AxisBasis, "fourier">, (j: number, k: number) => number> = {
      cosine: (j, k) => Math.cos((Math.PI * (2 * j + 1) * k) / (2 * n)),
      sine: (j, k) => Math.sin((Math.PI * (j + 1) * (k + 1)) / (n + 1)),
      "half sine": (j, k) => Math.sin((Math.PI * (2 * j + 1) * (k + 1)) / (2 * n)),
    };
    for (const [basis, entry] of Object.entries(vectors)) {
      for (let k = 0; k < n; k++) {
        const x = ndarray(
          backend,
          Array.from({ length: n }, (_, j) => entry(j, k)),
        );
        throughBases(x, [1, n, 1], [basis as AxisBasis], (coefficients) => {
          coefficients
            .toArray()
            .forEach((c, at) => (at === k ? expect(Math.abs(c)).toBeGreaterThan(1) : expect(Math.abs(c)).toBeLessThan(1e-13)));
          return coefficients;
        });
      }
    }
  });
});
