import { expect, test } from "vitest";
import { hessianPlot } from "../../src/plots/hessian-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const found = {
  condition: Number.NaN,
  outcome: "indefinite" as const,
  ritzValues: Float64Array.of(-10, 1, 100),
  size: 9,
  steps: 3,
  remedy: "train on",
};

test("sizes of the Ritz values, negative ones apart, with the condition and what to do", async () => {
  const svg = readSvg(await hessianPlot(found));
  const panel = panelsOf(svg)[0] as Read;
  const toY = placeOn(panel, "y", true);
  const dots = find(panel, called("dot")).map((group) => find(group, named("circle")).map(({ attributes }) => Number(attributes.cy)));
  expect(dots).toEqual([[expect.closeTo(toY(1), 2), expect.closeTo(toY(100), 2)], [expect.closeTo(toY(10), 2)]]);
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["positive", "negative"]);
  expect(svg.text).toContain("Condition NaN (indefinite), from 3 products. To do: train on.");
});

test("no Ritz values", () => {
  expect(() => hessianPlot({ ...found, ritzValues: new Float64Array(0) })).toThrow("hessianPlot: there is nothing to draw");
});
