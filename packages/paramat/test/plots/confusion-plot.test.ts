import { expect, test } from "vitest";
import { confusionPlot } from "../../src/plots/confusion-plot.js";
import { called, find, named, readSvg } from "./read-svg.js";

const counts = [
  [3, 1, 0],
  [0, 5, 0],
  [0, 2, 8],
];

test("counts in cells at row and column, shaded by the part of the row", async () => {
  const svg = readSvg(await confusionPlot({ counts }, ["a", "b", "c"]));
  const cells = find(svg, called("cell"));
  expect(cells.map((cell) => find(cell, named("text"))[0]?.text ?? "")).toEqual(["3", "1", "", "", "5", "", "", "2", "8"]);
  const boxes = cells.map((cell) => find(cell, named("rect"))[0]?.attributes ?? {});
  expect(boxes.map((box) => Number(box["fill-opacity"]) / 0.6)).toEqual(
    [3 / 4, 1 / 4, 0, 0, 1, 0, 0, 1 / 5, 4 / 5].map((v) => expect.closeTo(v, 2)),
  );
  const side = Number(boxes[0]?.width);
  for (const [k, box] of boxes.entries()) {
    expect(Number(box.x) - Number(boxes[0]?.x)).toBeCloseTo((k % 3) * side, 2);
    expect(Number(box.y) - Number(boxes[0]?.y)).toBeCloseTo(Math.floor(k / 3) * side, 2);
  }
  expect(boxes[0]?.fill).not.toBe(boxes[1]?.fill);
  expect(find(cells[7] as never, named("title"))[0]?.text).toBe("c taken for b: 2 of 10");
  expect(svg.text).toContain("16 of 19 right (84.21 %).");
});

test("outputs that are NaN count as not right, and are said", async () => {
  const svg = readSvg(await confusionPlot({ counts, undecided: [0, 1, 0] }));
  expect(svg.text).toContain("16 of 20 right (80.00 %). 1 of them has an output that is NaN and was taken for no class.");
});

test("a hundred classes stay inside; no classes and missing labels are refused", async () => {
  const many = Array.from({ length: 100 }, (_, i) => Array.from({ length: 100 }, (_, j) => (i === j ? 1000 : 0)));
  const svg = readSvg(await confusionPlot({ counts: many }));
  const right = Math.max(...find(svg, called("cell")).map((cell) => Number(find(cell, named("rect"))[0]?.attributes.x)));
  expect(right).toBeLessThan(640);
  await expect(confusionPlot({ counts: [] })).rejects.toThrow("confusionPlot: there is nothing to draw; 0 classes");
  await expect(confusionPlot({ counts }, ["a"])).rejects.toThrow(
    "confusionPlot: there are 1 labels and 3 classes; give a label for each class",
  );
});
