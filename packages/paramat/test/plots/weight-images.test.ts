import { inflateSync } from "node:zlib";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { expect, test } from "vitest";
import { clearEntry } from "../../src/plots/indexed-png.js";
import { weightImages } from "../../src/plots/weight-images.js";
import { called, find, named, type Read, readSvg } from "./read-svg.js";

const backend = cpu("float64");
const asImages = [1, 2, 2] as const;
// Two rows of 1 × 2 pixels with 2 channels each.
const W = ndarray(backend, [
  [1, -1, 0, -0.5],
  [0.5, 0, 0, Number.NaN],
]);

/** Lines of palette entries of an image. */
function entries(picture: Read): readonly (readonly number[])[] {
  const { href = "" } = find(picture, named("image"))[0]?.attributes ?? {};
  const bytes = Buffer.from(href.split(",")[1] as string, "base64");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const at = bytes.indexOf("IDAT");
  const lines = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  return Array.from({ length: height }, (_, i) => [...lines.subarray(i * (width + 1) + 1, (i + 1) * (width + 1))]);
}

test("each row is an image with channels below each other, on one scale with 0 in its middle", async () => {
  const svg = readSvg(await weightImages(W, { asImages, labels: ["cat", "dog"] }));
  const pictures = find(svg, called("picture"));
  expect(pictures.map((picture) => find(picture, named("text"))[0]?.text)).toEqual(["cat", "dog"]);
  expect(entries(pictures[0] as Read)).toEqual([
    [254, 127],
    [0, 64],
  ]);
  expect(entries(pictures[1] as Read)).toEqual([
    [191, 127],
    [127, clearEntry],
  ]);
  expect(find(svg, called("scale"))[0]?.text).toContain("−101");
  expect(svg.text).toContain("1 entry is NaN or infinite: left clear.");
});

test("several W are on one scale under their names", async () => {
  const smooth = ndarray(backend, [[2, 2, 2, 2]]);
  const svg = readSvg(await weightImages({ "without R": W, "with R": smooth }, { asImages }));
  expect(find(svg, called("picture"))).toHaveLength(3);
  expect(entries(find(svg, called("picture"))[0] as Read)[0]).toEqual([191, 127]);
  expect(svg.text).toContain("without R");
  expect(svg.text).toContain("with R");
});

test("what does not fit, and nothing", async () => {
  await expect(weightImages(W, { asImages: [2, 2, 2] })).rejects.toThrow(
    "W has shape [2, 4], an image 2 × 2 × 2; a row must have 8 entries",
  );
  await expect(weightImages(W, { asImages, labels: ["cat"] })).rejects.toThrow("there are 1 labels and 2 rows; give one for each row");
  await expect(weightImages(W, { asImages: [2, 2] as unknown as [number, number, number] })).rejects.toThrow(
    "weightImages: asImages is [2, 2]; it must be [height, width, channels]",
  );
  await expect(weightImages({}, { asImages })).rejects.toThrow("weightImages: there is nothing to draw; 0 rows");
});
