import { expect, test } from "vitest";
import { singularValuesPlot } from "../../src/plots/singular-values-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const found = { rank: 2, singularValues: Float64Array.of(100, 1, 1e-9), tolerance: 1e-6, condition: 1e11, shape: [5, 3] as const };

test("the rank stands between the last value that counts and the first that does not", async () => {
  const svg = readSvg(await singularValuesPlot(found));
  const panel = panelsOf(svg)[0] as Read;
  const dots = find(find(panel, called("dot"))[0] as Read, named("circle")).map(({ attributes }) => attributes);
  const ruleX = Number(find(find(panel, called("rule-x"))[0] as Read, named("line"))[0]?.attributes.x1);
  expect(ruleX).toBeGreaterThan(Number(dots[1]?.cx));
  expect(ruleX).toBeLessThan(Number(dots[2]?.cx));
  const ruleY = Number(find(find(panel, called("rule-y"))[0] as Read, named("line"))[0]?.attributes.y1);
  expect(ruleY).toBeCloseTo(placeOn(panel, "y", true)(1e-4), 2);
  expect(panel.text).toContain("rank 2 of 3");
  expect(svg.text).toContain("Singular values, 5 × 3");
  expect(svg.text).toContain("Condition 10¹¹");
});

test("no singular values", () => {
  expect(() => singularValuesPlot({ ...found, singularValues: new Float64Array(0) })).toThrow("0 singular values");
});
