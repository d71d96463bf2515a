import { cpu } from "@paramat/backends";
import { LawError, mul, ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { antisymmetricMatrix, convolution, denseMatrix, diagonalMatrix, fromEntries, mMatrix } from "../../src/index.js";
import { assertConformance, checkConformance } from "../../src/laws.js";

const backend = cpu("float64");
const float32 = cpu("float32");

describe("checkConformance", () => {
  test.each([
    denseMatrix([3], [2]),
    diagonalMatrix([2, 2]),
    antisymmetricMatrix(3),
    mMatrix(3),
    convolution([4, 3, 1], { channels: 2, kernel: 3, boundary: ["periodic", "reflect"] }),
    convolution([6, 2], { channels: 2, kernel: 3, boundary: "periodic" }),
  ])("$name holds every law it declares something for", (K) => {
    const report = checkConformance(K, backend, { float32, timing: false });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.some(({ verdict }) => verdict === "note")).toBe(false);
  });

  test("holds a matrix with a fixed part to laws that leave it out of what must be linear in θ", () => {
    // [[θ₀, 1], [0, 2θ₁]]
    const K = fromEntries({
      rows: 2,
      cols: 2,
      numParams: 2,
      entries: [
        [0, 0, [[0, 1]]],
        [0, 1, [], 1],
        [1, 1, [[1, 2]]],
      ],
    });
    const matrix = ([a, b]: number[]) => [
      [a as number, 1],
      [0, 2 * (b as number)],
    ];
    const report = checkConformance(K, backend, { matrix, timing: false });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.map(({ law }) => law)).toContain("fixed part A₀");
    const { fixedPart } = K;
    if (!fixedPart) throw new Error("fromEntries gave no fixed part");
    const wrong = { ...K, fixedPart: { ...fixedPart, apply: (y: Parameters<typeof fixedPart.apply>[0]) => mul(2, fixedPart.apply(y)) } };
    expect(
      checkConformance(wrong, backend, { timing: false })
        .results.filter((r) => !r.ok)
        .map((r) => r.law),
    ).toContain("fixed part A₀");
  });

  test("gives the entry, θ and both values of a wrong gradient, as small as they get", () => {
    const K = antisymmetricMatrix(2);
    const wrong = {
      ...K,
      jacobianTranspose: (y: Parameters<typeof K.jacobianTranspose>[0], z: typeof y) => mul(-3, K.jacobianTranspose(y, z)),
    };
    const found = checkConformance(wrong, backend, { timing: false }).results.find((r) => r.counterexample)?.counterexample;
    // K(θ) = [[0, θ], [−θ, 0]].
    expect(found).toMatchObject({ entry: [1, 0], expected: -1, found: 3 });
    expect(found?.point).toEqual({
      θ: { shape: [1], values: [1] },
      y: { shape: [1, 2], values: [1, 0] },
      z: { shape: [1, 2], values: [0, 1] },
    });
    expect(String(found)).toBe(
      "θ = [1]\ny = [1, 0]\nz = [0, 1]\njacobianTranspose: ⟨z, Ky⟩ = ⟨Qᵀvec(zyᵀ), θ⟩; entry (1, 0) of K; expected -1, found 3",
    );
  });

  test("names parameters that are not used, or not needed, without calling that wrong", () => {
    const K = fromEntries({
      rows: 1,
      cols: 1,
      numParams: 3,
      entries: [
        [
          0,
          0,
          [
            [0, 1],
            [2, -1],
          ],
        ],
      ],
    });
    const report = checkConformance(K, backend, { timing: false });
    expect(report.ok).toBe(true);
    const rank = report.results.find(({ law }) => law === "rank of Q");
    expect(rank).toMatchObject({ verdict: "remark", detail: "rank 1 of 3 parameters; unused: θ[1]; redundant: θ[2]" });
    expect(String(report)).toContain("! rank of Q");
  });

  test("refuses an oracle of another size", () => {
    const report = checkConformance(denseMatrix([3], [2]), backend, { matrix: () => [[1, 2]], timing: false });
    expect(String(report)).toContain("the given matrix is 1 × 2; K is 2 × 3");
  });

  test("remarks where K holds arrays of one backend", () => {
    const weights = ndarray(backend, [1, 2, 3]);
    const K = diagonalMatrix(3);
    const bound = { ...K, apply: (...[theta, y]: Parameters<typeof K.apply>) => K.apply(mul(theta, weights), y) };
    const float = checkConformance(bound, backend, { float32, timing: false }).results.find(({ law }) => law === "float32");
    expect(float?.verdict).toBe("remark");
    expect(float?.detail).toContain("K runs on cpu-float64 only: mul: ");
  });

  test("measures time, and says that it is rough", () => {
    const report = checkConformance(denseMatrix([3], [2]), backend);
    const time = report.results.find(({ law }) => law === "time against dense");
    expect(time?.verdict).toBe("note");
    expect(time?.detail).toMatch(/^apply [\d.e+]+ [µm]s against .* \(× [\d.e+-]+\), gradient .*rough\)$/);
  });

  test("same seed, same report; another seed, other numbers", () => {
    const K = {
      ...denseMatrix([3], [2]),
      applyTranspose: (_: unknown, z: { readonly shape: readonly number[] }) =>
        ndarray(backend, new Float64Array((z.shape[0] as number) * 3).fill(1), [z.shape[0] as number, 3]),
    };
    const text = (seed: number) => String(checkConformance(K, backend, { seed, timing: false }));
    expect(text(5)).toBe(text(5));
    expect(text(5).split("\n").slice(1)).not.toEqual(text(6).split("\n").slice(1));
  });

  test("assertConformance throws a LawError with the report", () => {
    const K = denseMatrix([3], [2]);
    expect(() => assertConformance(K, backend)).not.toThrow();
    expect(() => assertConformance({ ...K, numParams: 5 }, backend)).toThrow(LawError);
    expect(() => assertConformance({ ...K, numParams: 5 }, backend)).toThrow("numParams is 5, θ [2, 3] has 6 entries");
  });
});
