import { expect, test } from "vitest";
import { foldPlot } from "../../src/plots/fold-plot.js";
import { foldChoice } from "./choices.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

test("error bars of one standard error, the least error marked, and the largest λ within one of it", async () => {
  const choice = foldChoice();
  const svg = readSvg(await foldPlot(choice));
  const panel = panelsOf(svg)[0] as Read;
  const [toX, toY] = [placeOn(panel, "x", true), placeOn(panel, "y", false)];
  const bars = find(find(panel, called("error-bar"))[0] as Read, named("line"));
  expect(bars).toHaveLength(choice.curve.length);
  const height = Math.abs(Number(bars[3]?.attributes.y1) - Number(bars[3]?.attributes.y2));
  expect(height).toBeCloseTo(Math.abs(toY(1) - toY(0)), 1);
  const ring = find(find(panel, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
  expect(Number(ring?.cx)).toBeCloseTo(toX(1), 2);
  expect(Number(ring?.cy)).toBeCloseTo(toY(2), 2);
  expect(Number(find(find(panel, called("rule-x"))[0] as Read, named("line"))[0]?.attributes.x1)).toBeCloseTo(toX(10), 2);
  expect(Number(find(find(panel, called("rule-y"))[0] as Read, named("line"))[0]?.attributes.y1)).toBeCloseTo(toY(2.5), 2);
  expect(svg.text).toContain("3-fold cross-validation");
  expect(panel.text).toContain("one s.e., λ = 10");
});

test("an empty curve", () => {
  expect(() => foldPlot({ ...foldChoice(), curve: [] })).toThrow("foldPlot: there is nothing to draw; 0 λ on the curve");
});
