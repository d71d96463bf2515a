import { expect, test } from "vitest";
import { lCurvePlot } from "../../src/plots/l-curve-plot.js";
import { choiceOf } from "./choices.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const choice = choiceOf("L-curve", "curvature");

test("the corner is marked where its two norms are, with its λ and the reason", async () => {
  const svg = readSvg(await lCurvePlot(choice));
  const panel = panelsOf(svg)[0] as Read;
  const ring = find(find(panel, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
  expect(Number(ring?.cx)).toBeCloseTo(placeOn(panel, "x", true)(choice.chosen.residualNorm), 2);
  expect(Number(ring?.cy)).toBeCloseTo(placeOn(panel, "y", true)(choice.chosen.solutionNorm), 2);
  expect(panel.text).toContain("corner, λ = 0.01");
  expect(svg.text).toContain("the reason");
  expect(find(panel, called("y-axis label"))[0]?.text).toBe("↑ ‖L x‖");
  expect(find(find(panel, called("dot"))[0] as Read, named("circle"))).toHaveLength(choice.curve.length);
});

test("other methods' choices are dots with names", async () => {
  const svg = readSvg(await lCurvePlot(choice, { compare: [choiceOf("GCV", "GCV"), choiceOf("optimal", "relative error")] }));
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["L-curve", "GCV, λ = 0.01", "optimal, λ = 0.01"]);
});

test("an empty curve", () => {
  expect(() => lCurvePlot({ ...choice, curve: [] })).toThrow("lCurvePlot: there is nothing to draw; 0 λ on the curve");
});
