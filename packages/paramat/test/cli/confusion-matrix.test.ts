import { expect, test } from "vitest";
import { confusionMatrix, printConfusion } from "../../src/cli/confusion-matrix.js";

test("counts each class against what it was taken for, by hand", () => {
  expect(confusionMatrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 0, 2], 3)).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 2],
  ]);
});

test("prints a row for each class with the share that is right; no example of a class, no share", () => {
  expect(
    printConfusion(
      [
        [3, 1],
        [0, 0],
      ],
      ["cat", "dog"],
    ).split("\n"),
  ).toEqual(["true │ cat dog │   right", "─────┼─────────┼────────", " cat │   3   1 │  75.0 %", " dog │   ·   · │        "]);
});
