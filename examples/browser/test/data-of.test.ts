import { gzip, writeIdx } from "paramat";
import { expect, test } from "vitest";
import { dataOf, type NamedBytes } from "../src/data-of.js";

const files = async (): Promise<readonly NamedBytes[]> => {
  const labels = Uint8Array.from({ length: 30 }, (_, i) => i % 3);
  const pixels = Uint8Array.from({ length: 30 * 64 }, (_, i) => 80 * labels[Math.floor(i / 64)]!);
  return [
    { name: "labels.gz", bytes: await gzip(writeIdx({ shape: [30], data: labels })) },
    { name: "images", bytes: writeIdx({ shape: [30, 8, 8], data: pixels }) },
  ];
};
const settings = { data: "files", size: 8, examples: 20, seed: 1 } as const;

test("a pair of IDX files in any order, one packed: a sixth is held out, labels stay with their images", async () => {
  const { shape, classes, train, test: held } = await dataOf(settings, await files());
  expect({ shape, classes, sizes: [train.size, held.size] }).toEqual({ shape: [8, 8, 1], classes: ["0", "1", "2"], sizes: [20, 5] });
  for (const { size, images, labels } of [train, held]) {
    for (let e = 0; e < size; e++) expect(images[64 * e]).toBeCloseTo((80 * labels[e]!) / 255, 6);
  }
});

test("digits are drawn without files", async () => {
  const { train, shape } = await dataOf({ ...settings, data: "digits" }, []);
  expect([train.size, shape]).toEqual([20, [8, 8, 1]]);
});

test("what is no such pair is told by names and shapes", async () => {
  const [labels, images] = await files();
  await expect(dataOf(settings, [])).rejects.toThrow("files: 0 were given; choose two together, the images and the labels");
  await expect(dataOf(settings, [images!, { ...images!, name: "again" }])).rejects.toThrow(
    "images [30, 8, 8] and again [30, 8, 8]; one must be images",
  );
  await expect(dataOf(settings, [labels!, labels!])).rejects.toThrow("one must be images, [examples, height, width]");
  await expect(dataOf(settings, [labels!, { name: "photo.png", bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47) }])).rejects.toThrow(
    "readIdx: photo.png is not an IDX file",
  );
});
