import { expect, test } from "vitest";
import { drawnAt, loadPlot } from "../../src/plots/load-plot.js";

test("says what to install where Plot is not there", async () => {
  await expect(loadPlot(() => Promise.reject(new Error("no such module")))).rejects.toThrow(
    "plots: @observablehq/plot cannot be loaded; install it: npm install @observablehq/plot",
  );
});

test("Plot draws without a browser's document", async () => {
  expect(typeof document).toBe("undefined");
  const Plot = await loadPlot();
  const svg = drawnAt(Plot, 3, 4, { marks: [Plot.dot([[1, 2]])] }).outerHTML;
  expect(svg).toMatch(/^<g transform="translate\(3,4\)">.*<circle .*<\/g>$/);
  expect(svg).not.toContain("<style");
});
