import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import { spectrumPlot } from "../../src/plots/spectrum-plot.js";
import { called, find, named, panelsOf, placeOn, type Read, readSvg, vertices } from "./read-svg.js";

const backend = cpu("float64");
const spectrum = ndarray(backend, [
  [1, 0.5, 0.5],
  [0, 0.25, -0.25],
]);

test("eigenvalues stand in the plane, the unit circle is round, the axes cross at 0", async () => {
  const svg = readSvg(await spectrumPlot(spectrum));
  const panel = panelsOf(svg)[0] as Read;
  const [toX, toY] = [placeOn(panel, "x", false), placeOn(panel, "y", false)];
  const dots = find(find(panel, called("dot"))[0] as Read, named("circle")).map(({ attributes }) => [
    Number(attributes.cx),
    Number(attributes.cy),
  ]);
  const expected = [
    [1, 0],
    [0.5, 0.25],
    [0.5, -0.25],
  ] as const;
  expect(dots).toEqual(expected.map(([re, im]) => [expect.closeTo(toX(re), 2), expect.closeTo(toY(im), 2)]));
  expect(toX(1) - toX(0)).toBeCloseTo(toY(0) - toY(1), 0);
  const guides = find(panel, called("guide")).flatMap((group) => find(group, named("path")));
  expect(guides).toHaveLength(3);
  const circle = vertices(guides[2]);
  expect(circle.length).toBeGreaterThan(90);
  const radius = toX(1) - toX(0);
  for (const [x, y] of circle) expect(Math.hypot(x - toX(0), y - toY(0))).toBeCloseTo(radius, 1);
  expect(svg.text).toContain("Largest |λ|: 1.");
});

test("several by name have a key; the circle can be left out", async () => {
  const svg = readSvg(await spectrumPlot({ before: spectrum, after: spectrum }, { unitCircle: false }));
  expect(find(svg, called("key")).map(({ text }) => text)).toEqual(["before", "after"]);
  expect(find(svg, called("guide"))).toHaveLength(2);
});

test("another shape, or nothing", async () => {
  await expect(spectrumPlot(ndarray(backend, [1, 2]))).rejects.toThrow(
    "spectrumPlot: the spectrum has shape [2]; it must be [2, n], real parts first",
  );
  await expect(spectrumPlot({})).rejects.toThrow("spectrumPlot: there is nothing to draw; 0 eigenvalues");
});
