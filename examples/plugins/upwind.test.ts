import { array, defaultBackend, matrixQ, parameterRank, toDense } from "paramat";
import { assertConformance, assertParameterization } from "paramat/laws";
import { describe, expect, test } from "vitest";
import { upwind } from "./upwind.js";
import { upwindContractions } from "./upwind-contractions.js";
import { upwind3 } from "./upwind-formulas.js";
import { upwindFunction } from "./upwind-function.js";

/** n·(θᵢ on the diagonal, −θᵢ₋₁ to its left, around the ring), row by row. */
const naive = (theta: ArrayLike<number>) =>
  Array.from(theta).flatMap((_, i, all) =>
    Array.from(all, (speed, j) =>
      j === i ? all.length * (speed as number) : j === (i + all.length - 1) % all.length ? -all.length * (speed as number) : 0,
    ),
  );

describe("upwind", () => {
  test.each([upwind(), upwind3, upwindFunction(), upwindContractions()])("$name satisfies the laws, and is the matrix written out", (K) => {
    assertParameterization(K, defaultBackend, { oracle: naive });
    assertConformance(K, defaultBackend);
  });

  test("three cells by hand; what leaves one arrives in the next", () => {
    const matrix = toDense(upwind(3), array([1, 2, 5]));
    expect(matrix.toNested()).toEqual([
      [3, 0, -15],
      [-3, 6, 0],
      [0, -6, 15],
    ]);
    expect(toDense(upwind3, array([1, 2, 5])).toNested()).toEqual(matrix.toNested());
  });

  test("every speed is seen in the matrix", () => {
    expect(parameterRank(matrixQ(upwind(7))).isFull).toBe(true);
  });
});
