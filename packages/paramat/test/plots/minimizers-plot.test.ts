import { expect, test } from "vitest";
import { minimizersPlot } from "../../src/plots/minimizers-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg, vertices } from "./read-svg.js";

const run = (method: string, values: readonly number[], products = 0) => ({
  method,
  history: values.map((value, iteration) => ({
    iteration,
    value,
    gradientNorm: value / 2,
    step: 0,
    evaluations: { value: 2 * iteration + 1, gradient: iteration + 1, hessianVector: products * iteration },
  })),
});
const runs = [run("lbfgs", [101, 11, 1]), run("newtonCg", [101, 2], 5)];
const lines = (panel: Read) => find(panel, called("line")).map((line) => vertices(find(line, named("path"))[0]));

test("value − best and the gradient's norm, for every method, against iterations", async () => {
  const svg = readSvg(await minimizersPlot(runs));
  const panels = panelsOf(svg) as [Read, Read];
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["lbfgs", "newtonCg"]);
  const [toX, toY] = [placeOn(panels[0], "x", false), placeOn(panels[0], "y", true)];
  const [first, second] = lines(panels[0]);
  // The best value, 1, has no logarithm and is left away.
  expect(first).toHaveLength(2);
  expect(second).toHaveLength(2);
  expect(first?.[1]?.[0]).toBeCloseTo(toX(1), 2);
  expect(first?.[1]?.[1]).toBeCloseTo(toY(10), 2);
  expect(second?.[1]?.[1]).toBeCloseTo(toY(1), 2);
  expect(lines(panels[1]).map((line) => line.length)).toEqual([3, 2]);
  expect(svg.text).toContain("Best value: 1.");
  expect(svg.text).not.toContain("Gaps");
});

test("against evaluations: runs for value or gradient, and products", async () => {
  const svg = readSvg(await minimizersPlot(runs, { against: "evaluations", best: 0 }));
  const panel = panelsOf(svg)[0] as Read;
  const toX = placeOn(panel, "x", false);
  const [first, second] = lines(panel);
  expect(first?.map(([x]) => x)).toEqual([1, 3, 5].map((x) => expect.closeTo(toX(x), 2)));
  expect(second?.[1]?.[0]).toBeCloseTo(toX(3 + 5), 2);
  expect(svg.text).toContain("Evaluations: runs for value or gradient, and products with the Hessian.");
});

test("two runs of one method are numbered; a value below `best` is a gap", async () => {
  const svg = readSvg(await minimizersPlot([runs[0], runs[0]] as never, { best: 5 }));
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["lbfgs", "lbfgs (2)"]);
  expect(svg.text).toContain("lbfgs: 1 value is ≤ 0");
});

test("no outcomes, or none with a history", () => {
  expect(() => minimizersPlot([])).toThrow("minimizersPlot: there is nothing to draw; 0 outcomes");
  expect(() => minimizersPlot([run("lbfgs", [])])).toThrow("0 rows of history");
});
