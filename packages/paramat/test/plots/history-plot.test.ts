import { expect, test } from "vitest";
import { historyPlot } from "../../src/plots/history-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg } from "./read-svg.js";

const history = Array.from({ length: 8 }, (_, i) => ({
  epoch: i + 1,
  trainLoss: 2 / (i + 1),
  validationLoss: 1 + (i - 4) ** 2,
  metrics: { accuracy: i / 10, iou: 0.5 },
  gradientNorm: 1 / (i + 1),
  isBest: i <= 4,
  seconds: 1,
}));

test("both losses with the best epoch marked, and what else was measured below", async () => {
  const svg = readSvg(await historyPlot(history));
  const panels = panelsOf(svg);
  expect(panels.map((panel) => find(panel, called("y-axis label"))[0]?.text)).toEqual([
    "↑ loss",
    "↑ gradient norm",
    "↑ validation accuracy",
    "↑ validation iou",
  ]);
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["training", "validation"]);
  const loss = panels[0] as Read;
  const ring = find(find(loss, called("marked"))[0] as Read, named("circle"))[0]?.attributes;
  expect(Number(ring?.cx)).toBeCloseTo(placeOn(loss, "x", false)(5), 2);
  expect(Number(ring?.cy)).toBeCloseTo(placeOn(loss, "y", true)(1), 2);
  expect(loss.text).toContain("epoch 5: 1");
});

test("training alone is one curve; a loss that is not positive has a linear axis, unless a logarithm is asked for", async () => {
  const alone = history.map(({ epoch, trainLoss }) => ({ epoch, trainLoss: trainLoss - 1, isBest: false, seconds: 1 }));
  const linear = panelsOf(readSvg(await historyPlot(alone)));
  expect(linear).toHaveLength(1);
  expect(find(linear[0] as Read, called("line"))).toHaveLength(1);
  expect(find(linear[0] as Read, called("marked"))).toHaveLength(0);
  expect(await historyPlot(alone)).not.toContain("Gaps");
  expect(await historyPlot(alone, { log: true })).toContain("training: 7 values are ≤ 0");
});

test("a run that ended in NaN is drawn up to there", async () => {
  const broken = [...history.slice(0, 3), { epoch: 4, trainLoss: Number.NaN, isBest: false, seconds: 1 }];
  const svg = await historyPlot(broken);
  expect(svg).toContain("Gaps: training: 1 value is NaN or infinite.");
});

test("no epochs", () => {
  expect(() => historyPlot([])).toThrow("historyPlot: there is nothing to draw; 0 epochs");
});
