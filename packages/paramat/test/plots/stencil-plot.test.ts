import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import { stencilPlot } from "../../src/plots/stencil-plot.js";
import { called, find, named, type Read, readSvg } from "./read-svg.js";

const backend = cpu("float64");
const cells = (svg: Read) => find(svg, called("cell"));

test("one square for each entry of each stencil, output channels beside each other, input channels below", async () => {
  // θ[i][j][in][out] = 1 but for one entry.
  const numbers = new Float64Array(3 * 3 * 2 * 4).fill(1);
  const odd = ((2 * 3 + 1) * 2 + 1) * 4 + 3;
  numbers[odd] = -1;
  const svg = readSvg(await stencilPlot(ndarray(backend, numbers, [3, 3, 2, 4]), { title: "Stencils of conv1" }));
  expect(cells(svg)).toHaveLength(72);
  const negative = cells(svg).filter(({ attributes }) => attributes.fill === "#67001f");
  expect(negative).toHaveLength(1);
  const side = Number(negative[0]?.attributes.width);
  const [left, top] = [cells(svg)[0]?.attributes.x, cells(svg)[0]?.attributes.y].map(Number) as [number, number];
  // Stencils are 3 cells wide and 1 apart.
  expect(Number(negative[0]?.attributes.x) - left).toBeCloseTo((3 * 4 + 1) * side, 2);
  expect(Number(negative[0]?.attributes.y) - top).toBeCloseTo((1 * 4 + 2) * side, 2);
  expect(svg.text).toContain("Stencils of conv1");
  expect(svg.text).toContain("Columns: output channels; rows: input channels.");
});

test("many channels make the picture wider, and none of them leaves it", async () => {
  const svg = readSvg(await stencilPlot(ndarray(backend, new Float64Array(3 * 3 * 128), [3, 3, 1, 128])));
  const right = Math.max(...cells(svg).map(({ attributes }) => Number(attributes.x) + Number(attributes.width)));
  expect(right).toBeLessThan(Number(svg.attributes.width));
  expect(Number(svg.attributes.width)).toBeGreaterThan(640);
});

test("one stencil needs no channels; each cell says its number; NaN is left clear", async () => {
  const svg = readSvg(
    await stencilPlot(
      ndarray(backend, [
        [0, Number.NaN],
        [1, -4],
      ]),
    ),
  );
  expect(cells(svg).map((cell) => find(cell, named("title"))[0]?.text)).toEqual(["0", "NaN", "1", "−4"]);
  expect(cells(svg)[1]?.attributes.fill).toBe("none");
  expect(svg.text).toContain("1 entry is NaN or infinite: left clear.");
  expect(svg.text).not.toContain("Columns:");
});

test("another shape", async () => {
  await expect(stencilPlot(ndarray(backend, [1, 2]))).rejects.toThrow(
    "stencilPlot: θ has shape [2]; it must be [height, width, channelsIn, channelsOut]",
  );
});
