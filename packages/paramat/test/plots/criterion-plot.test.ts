import { expect, test } from "vitest";
import { criterionPlot } from "../../src/plots/criterion-plot.js";
import { choiceOf } from "./choices.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

test("the minimum of GCV is marked, the lowest of the drawn points", async () => {
  const svg = readSvg(await criterionPlot(choiceOf("GCV", "GCV")));
  const panel = panelsOf(svg)[0] as Read;
  const ring = find(find(panel, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
  const heights = find(find(panel, called("dot"))[0] as Read, named("circle")).map(({ attributes }) => Number(attributes.cy));
  expect(Number(ring?.cy)).toBe(Math.max(...heights));
  expect(Number(ring?.cx)).toBeCloseTo(placeOn(panel, "x", true)(0.01), 2);
  expect(panel.text).toContain("λ = 0.01");
  expect(svg.text).toContain("Choice of λ: GCV");
});

test("beside a minimum on the right the words stand above it, not in the numbers of the axis below", async () => {
  const choice = choiceOf("GCV", "GCV");
  const curve = choice.curve.map((row, i) => ({ ...row, criterion: 1 + (i - 6) ** 2 }));
  const at = curve[6]!;
  const panel = panelsOf(readSvg(await criterionPlot({ ...choice, curve, chosen: at, lambda: at.lambda })))[0] as Read;
  const words = find(panel, (element) => element.attributes["font-weight"] === "600")[0] as Read;
  const [, moved] = [...(words.attributes.transform?.matchAll(/-?[\d.]+/g) ?? [])].map(Number);
  expect(words.text).toBe("λ = 1");
  expect(moved).toBeLessThan(0);
});

test("curvatures of both signs are drawn on a linear axis", async () => {
  const choice = choiceOf("L-curve", "curvature");
  const curve = choice.curve.map((row, i) => ({ ...row, criterion: i % 2 === 0 ? 1 : -1 }));
  expect(await criterionPlot({ ...choice, curve })).not.toContain("Gaps");
});

test("an empty curve", () => {
  expect(() => criterionPlot({ ...choiceOf("GCV", "GCV"), curve: [] })).toThrow("criterionPlot: there is nothing to draw");
});
