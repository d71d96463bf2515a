import { expect, test } from "vitest";
import { discrepancyPlot } from "../../src/plots/discrepancy-plot.js";
import { choiceOf } from "./choices.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const choice = choiceOf("discrepancy principle", "residual/target");

test("the noise is a line across at residual/criterion", async () => {
  const chosen = { ...choice.chosen, criterion: 0.5 };
  const svg = readSvg(await discrepancyPlot({ ...choice, chosen }));
  const panel = panelsOf(svg)[0] as Read;
  const toY = placeOn(panel, "y", true);
  const rule = find(find(panel, called("rule-y"))[0] as Read, named("line"))[0]?.attributes;
  expect(Number(rule?.y1)).toBeCloseTo(toY(2 * chosen.residualNorm), 2);
  const ring = find(find(panel, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
  expect(Number(ring?.cy)).toBeCloseTo(toY(chosen.residualNorm), 2);
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["noise: 0.022"]);
});

test("another method's choice knows no noise; an empty curve", () => {
  expect(() => discrepancyPlot(choiceOf("GCV", "GCV"))).toThrow(
    "discrepancyPlot: the choice is of GCV, by GCV; give one of the discrepancy principle",
  );
  expect(() => discrepancyPlot({ ...choice, curve: [] })).toThrow("0 λ on the curve");
});
