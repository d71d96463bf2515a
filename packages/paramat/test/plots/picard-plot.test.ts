import { expect, test } from "vitest";
import { picardPlot } from "../../src/plots/picard-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const terms = [
  { sigma: 10, coefficient: 1, quotient: 0.1 },
  { sigma: 0.1, coefficient: 0.02, quotient: 0.2 },
  { sigma: 0, coefficient: 0.01, quotient: Number.NaN },
];

test("σ as a line, coefficients and quotients as dots, on one logarithmic axis; σ = 0 is a gap and said", async () => {
  const svg = readSvg(await picardPlot({ terms }));
  const panel = panelsOf(svg)[0] as Read;
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["σ", "|uᵀb|", "|uᵀb|/σ"]);
  expect(find(panel, called("line"))).toHaveLength(1);
  const dots = find(panel, called("dot")).map((group) => find(group, named("circle")));
  expect(dots.map((group) => group.length)).toEqual([2, 3, 2]);
  expect(Number(dots[1]?.[2]?.attributes.cy)).toBeCloseTo(placeOn(panel, "y", true)(0.01), 2);
  expect(svg.text).toContain("σ: 1 value is ≤ 0");
  expect(svg.text).toContain("|uᵀb|/σ: 1 value is NaN");
});

test("no terms", () => {
  expect(() => picardPlot({ terms: [] })).toThrow("picardPlot: there is nothing to draw; 0 terms");
});
