import { cpu } from "@paramat/backends";
import { grad, ndarray, rng, ShapeError, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { countCorrect, leastSquares, predictedClasses, softmaxCrossEntropy } from "../src/index.js";

const backend = cpu("float64");
const random = (seed: number, shape: readonly number[]) => {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
};

describe("softmaxCrossEntropy", () => {
  test("is log 2 for two equal logits", () => {
    expect(softmaxCrossEntropy(ndarray(backend, [[3, 3]]), ndarray(backend, [[1, 0]])).item()).toBeCloseTo(Math.LN2, 15);
  });

  test("is the sum written out, averaged over examples", () => {
    const logits = [
      [1, 2, 0.5],
      [-1, 0, 3],
    ];
    const target = [
      [0, 1, 0],
      [0.25, 0.25, 0.5],
    ];
    const expected = logits.reduce((total, row, e) => {
      const partition = row.reduce((s, v) => s + Math.exp(v), 0);
      return total - row.reduce((s, v, j) => s + (target[e]?.[j] as number) * Math.log(Math.exp(v) / partition), 0);
    }, 0);
    expect(softmaxCrossEntropy(ndarray(backend, logits), ndarray(backend, target)).item()).toBeCloseTo(expected / 2, 14);
  });

  test("does not overflow at logits of ±1000", () => {
    expect(softmaxCrossEntropy(ndarray(backend, [[1000, -1000]]), ndarray(backend, [[0, 1]])).item()).toBe(2000);
  });

  test("keeps the digits of a confident answer: log(1 + e⁻⁴⁰), gradient ∓e⁻⁴⁰/(1 + e⁻⁴⁰)", () => {
    const [y, target] = [ndarray(backend, [[40, 0]]), ndarray(backend, [[1, 0]])];
    const small = Math.exp(-40);
    expect(Math.abs(softmaxCrossEntropy(y, target).item() / small - 1)).toBeLessThan(1e-15);
    const gradient = grad((y: Value) => softmaxCrossEntropy(y, target))(y).toArray();
    [-small, small].forEach((slope, i) => expect(Math.abs((gradient[i] as number) / slope - 1)).toBeLessThan(1e-15));
  });

  test("is 0, not −0, where the answer is certain", () => {
    expect(softmaxCrossEntropy(ndarray(backend, [[1000, -1000]]), ndarray(backend, [[1, 0]])).item()).toBe(0);
  });

  test("a class ruled out by −∞ adds 0 where its target is 0, and ∞ where it is not", () => {
    const y = ndarray(backend, [[2, -Infinity, 2]]);
    const target = ndarray(backend, [[1, 0, 0]]);
    expect(softmaxCrossEntropy(y, target).item()).toBeCloseTo(Math.LN2, 15);
    expect(grad((y: Value) => softmaxCrossEntropy(y, target))(y).toNested()).toEqual([[-0.5, 0, 0.5]]);
    expect(softmaxCrossEntropy(y, ndarray(backend, [[0, 1, 0]])).item()).toBe(Infinity);
  });

  test("∂/∂c = −log p, also where c = 0", () => {
    const y = ndarray(backend, [[0, Math.log(3)]]);
    const slopes = grad((c: Value) => softmaxCrossEntropy(y, c))(ndarray(backend, [[1, 0]])).toArray();
    [Math.log(4), Math.log(4 / 3)].forEach((slope, i) => expect(slopes[i]).toBeCloseTo(slope, 15));
  });

  test("refuses no examples and no classes", () => {
    const empty = (shape: readonly number[]) => softmaxCrossEntropy(ndarray(backend, [], shape), ndarray(backend, [], shape));
    const message = "there must be at least one example and one class";
    expect(() => empty([0, 3])).toThrow(new ShapeError(`softmaxCrossEntropy: output is [0, 3]; ${message}`));
    expect(() => empty([3, 0])).toThrow(new ShapeError(`softmaxCrossEntropy: output is [3, 0]; ${message}`));
  });

  test("has the right derivatives, to second order", () => {
    const target = ndarray(backend, [
      [0, 1, 0],
      [0.25, 0.25, 0.5],
    ]);
    const report = checkDerivatives((y) => softmaxCrossEntropy(y, target), random(1, [2, 3]), { order: 2 });
    expect(report.ok, String(report)).toBe(true);
  });

  test("refuses shapes that differ", () => {
    expect(() => softmaxCrossEntropy(random(1, [2, 3]), random(1, [2, 2]))).toThrow(ShapeError);
    expect(() => softmaxCrossEntropy(random(1, [2, 3]), random(1, [2, 2]))).toThrow(
      "output is [2, 3], target is [2, 2]; both must be [examples, classes]",
    );
  });
});

describe("leastSquares", () => {
  test("½‖y − c‖² over the examples, by hand: (1 + 4 + 0 + 9)/4", () => {
    expect(
      leastSquares(
        ndarray(backend, [
          [1, 2],
          [3, 4],
        ]),
        ndarray(backend, [
          [0, 0],
          [3, 1],
        ]),
      ).item(),
    ).toBe(14 / 4);
  });

  test("has the right derivatives in both arguments", () => {
    const report = checkDerivatives(
      ([y, c]: readonly ReturnType<typeof random>[]) => leastSquares(y as never, c as never),
      [random(1, [2, 3, 2]), random(2, [2, 3, 2])],
      { order: 2 },
    );
    expect(report.ok, String(report)).toBe(true);
  });

  test("refuses no examples", () => {
    const none = ndarray(backend, [], [0, 2]);
    expect(() => leastSquares(none, none)).toThrow(new ShapeError("leastSquares: output is [0, 2]; there must be at least one example"));
  });

  test("refuses shapes that differ", () => {
    expect(() => leastSquares(random(1, [2, 3]), random(1, [3, 2]))).toThrow("leastSquares: output is [2, 3], target is [3, 2]");
  });
});

describe("countCorrect", () => {
  const output = ndarray(backend, [
    [0.1, 0.9],
    [0.8, 0.2],
    [0.5, 0.5],
  ]);

  test("counts rows whose largest output is the target's class; the first of equal ones counts", () => {
    expect(Array.from(predictedClasses(output))).toEqual([1, 0, 0]);
    expect(
      countCorrect(
        output,
        ndarray(backend, [
          [0, 1],
          [0, 1],
          [1, 0],
        ]),
      ),
    ).toBe(2);
  });

  test("refuses shapes that differ", () => {
    expect(() => countCorrect(output, random(1, [3, 3]))).toThrow("countCorrect: output is [3, 2], target is [3, 3]");
  });
});
