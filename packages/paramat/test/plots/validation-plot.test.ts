import { expect, test } from "vitest";
import { validationPlot } from "../../src/plots/validation-plot.js";
import { called, find, panelsOf, type Read, readSvg } from "./read-svg.js";

const steps = (lambdas: number) =>
  Array.from({ length: 5 }, (_, i) => ({
    lambda: Array.from({ length: lambdas }, (_, k) => 10 ** (k - i)),
    value: 1 + 1 / (i + 1),
    gradientNorm: 10 ** -i,
    step: i === 0 ? 0 : 1,
    products: 7,
  }));

test("the error, its gradient, and every λ", async () => {
  const panels = panelsOf(readSvg(await validationPlot(steps(3))));
  expect(panels.map((panel) => find(panel, called("y-axis label"))[0]?.text)).toEqual(["↑ validation error", "↑ ‖d error/d log λ‖", "↑ λ"]);
  expect(panels.map((panel) => find(panel, called("line")).length)).toEqual([1, 1, 3]);
  const one = readSvg(await validationPlot(steps(1)));
  expect(find(panelsOf(one)[2] as Read, called("line"))).toHaveLength(1);
  expect(find(one, called("key"))).toHaveLength(0);
});

test("no steps", () => {
  expect(() => validationPlot([])).toThrow("validationPlot: there is nothing to draw; 0 steps");
});
