import { ShapeError } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { confusionMatrix } from "../../src/metrics/confusion-matrix.js";
import { classSamples, outputOf, targetOf } from "./class-samples.js";

/** Rows that are taken for `taken[e]`, of the classes `labels[e]`. */
function rows(labels: readonly number[], taken: readonly number[], classes: number) {
  const oneHot = (all: readonly number[]) => ({
    shape: [all.length, classes],
    numbers: all.flatMap((c) => Array.from({ length: classes }, (_, j) => (j === c ? 1 : 0))),
  });
  return [oneHot(taken), oneHot(labels)] as const;
}

describe("confusionMatrix", () => {
  it("counts what a loop over the examples counts, in any batches", () => {
    fc.assert(
      fc.property(classSamples(), fc.nat(12), (samples, cut) => {
        const { outputs, labels, classes } = samples;
        const takenFor = (row: readonly number[]) => (row.some(Number.isNaN) ? -1 : row.indexOf(Math.max(...row)));
        const at = Math.min(cut, labels.length);
        const found = confusionMatrix()
          .add(outputOf(samples, 0, at), targetOf(samples, 0, at))
          .add(outputOf(samples, at), targetOf(samples, at))
          .value();
        const pairs = labels.map((label, e) => [label, takenFor(outputs[e] as number[])] as const);
        const count = (i: number, j: number) => pairs.filter(([label, taken]) => label === i && taken === j).length;
        for (let i = 0; i < classes; i++) {
          for (let j = 0; j < classes; j++) expect(found.counts[i]?.[j]).toBe(count(i, j));
          expect(found.undecided[i]).toBe(count(i, -1));
          const [truePositive, support] = [count(i, i), labels.filter((label) => label === i).length];
          const taken = pairs.filter(([, j]) => j === i).length;
          const [precision, recall] = [truePositive / taken, truePositive / support];
          expect(found.classes[i]?.precision).toBe(precision);
          expect(found.classes[i]?.recall).toBe(recall);
          expect(found.classes[i]?.support).toBe(support);
          if (precision + recall > 0) expect(found.classes[i]?.f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 14);
        }
        expect(found.accuracy).toBe(pairs.filter(([label, taken]) => label === taken).length / pairs.length);
      }),
      { numRuns: 100 },
    );
  });

  it("by hand: the example of sklearn's classification_report", () => {
    const found = confusionMatrix(["class 0", "class 1", "class 2"])
      .add(...rows([0, 1, 2, 2, 2], [0, 0, 2, 2, 1], 3))
      .value();
    expect(found.counts).toEqual([
      [1, 0, 0],
      [1, 0, 0],
      [0, 1, 2],
    ]);
    expect(found.classes).toEqual([
      { precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1 },
      { precision: 0, recall: 0, f1: 0, support: 1 },
      { precision: 1, recall: 2 / 3, f1: 4 / 5, support: 3 },
    ]);
    expect(found.accuracy).toBe(3 / 5);
    // 0.50, 0.56 and 0.49 in the report
    expect(found.macro.precision).toBeCloseTo(0.5, 15);
    expect(found.macro.recall).toBeCloseTo(5 / 9, 15);
    expect(found.macro.f1).toBeCloseTo(22 / 45, 15);
  });

  it("says NaN of a class that is not there, and leaves it out of the means", () => {
    const found = confusionMatrix()
      .add(...rows([0, 0, 1], [0, 0, 0], 3))
      .value();
    const [, second, third] = found.classes;
    expect([second?.precision, second?.recall, second?.f1]).toEqual([Number.NaN, 0, 0]);
    expect(third).toEqual({ precision: Number.NaN, recall: Number.NaN, f1: Number.NaN, support: 0 });
    expect(found.macro).toEqual({ precision: 2 / 3, recall: 1 / 2, f1: 0.4 });
    expect(confusionMatrix().value()).toMatchObject({ counts: [], accuracy: Number.NaN });
  });

  it("prints labels, counts, and what is right of each class; a column for those taken for none if there are such", () => {
    const found = confusionMatrix(["cat", "dog"]).add(...rows([0, 0, 0, 0], [0, 0, 0, 1], 2));
    expect(String(found.value()).split("\n")).toEqual([
      "true │ cat dog │     recall  precision         F1",
      "─────┼─────────┼─────────────────────────────────",
      " cat │   3   1 │     75.0 %    100.0 %     85.7 %",
      " dog │   ·   · │                 0.0 %      0.0 %",
    ]);
    const withNaN = found.add({ shape: [1, 2], numbers: [Number.NaN, 1] }, { shape: [1, 2], numbers: [0, 1] }).value();
    expect(withNaN.undecided).toEqual([0, 1]);
    expect(String(withNaN).split("\n")[0]).toBe("true │  cat  dog none │     recall  precision         F1");
    expect(String(withNaN).split("\n")[3]).toBe(" dog │    ·    ·    1 │      0.0 %      0.0 %      0.0 %");
  });

  it("refuses labels that are not one for each class, and batches of other classes", () => {
    expect(() => confusionMatrix(["a"]).add(...rows([0], [1], 2))).toThrow(
      new ShapeError("confusionMatrix: there are 1 labels and 2 classes; give a label for each class"),
    );
    expect(() =>
      confusionMatrix()
        .add(...rows([0], [1], 2))
        .add(...rows([0], [1], 3)),
    ).toThrow("confusionMatrix: a batch has 3 classes and those before had 2");
  });
});
