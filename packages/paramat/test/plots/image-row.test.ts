import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import { imageRow } from "../../src/plots/image-row.js";
import { called, find, named, readSvg } from "./read-svg.js";

const backend = cpu("float64");
const image = ndarray(backend, [
  [0, 1, 2],
  [3, 4, 5],
]);

test("images of one size beside each other with their names, and the scale of all", async () => {
  const dark = ndarray(backend, [[-5, 0, 0]]);
  const svg = readSvg(
    await imageRow([
      { label: "original", image },
      { label: "restored", image: dark },
    ]),
  );
  const boxes = find(svg, called("picture")).map((picture) => find(picture, named("image"))[0]?.attributes);
  expect(boxes).toHaveLength(2);
  expect(Number(boxes[0]?.width) / Number(boxes[0]?.height)).toBeCloseTo(3 / 2, 2);
  expect(Number(boxes[1]?.x)).toBeGreaterThan(Number(boxes[0]?.x) + Number(boxes[0]?.width));
  expect(boxes[1]?.y).toBe(boxes[0]?.y);
  expect(boxes[1]?.style).toBe("image-rendering: pixelated");
  const ends = find(find(svg, called("scale"))[0] as never, named("text")).map(({ text }) => text);
  expect(ends.slice(0, 3)).toEqual(["−5", "0", "5"]);
});

test("a signal is one line of pixels; another shape is refused; so is nothing", async () => {
  const svg = readSvg(await imageRow([{ label: "signal", image: ndarray(backend, [1, 2, 3]) }]));
  expect(find(svg, called("picture"))).toHaveLength(1);
  const cube = ndarray(backend, new Float64Array(8), [2, 2, 2]);
  await expect(imageRow([{ label: "cube", image: cube }])).rejects.toThrow(
    "imageRow: cube has shape [2, 2, 2]; an image must be [height, width]",
  );
  await expect(imageRow([])).rejects.toThrow("imageRow: there is nothing to draw; 0 images");
});
