import { DataError, type Dataset, fromIdx, generateDigits, gunzip, readIdx, rng, splitOff, takeFirst } from "paramat";
import type { Settings } from "./settings.js";

/** A file that was chosen or dropped. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type DataSettings = Pick<Settings, "data" | "size" | "examples" | "seed">;

const NUM_TEST = 500;

/**
 * The data of the settings: digits that the generator draws, or a pair of IDX files of which a sixth is held out for the test.
 * @param files images and labels in any order, packed with gzip or not
 * @throws DataError (rejects) if the files are not such a pair, or the generator cannot draw such digits
 */
export async function dataOf({ data, size, examples, seed }: DataSettings, files: readonly NamedBytes[]): Promise<Dataset> {
  if (data === "digits") return generateDigits({ train: examples, test: NUM_TEST, size, seed });
  if (files.length !== 2) {
    throw new DataError(`files: ${files.length} were given; choose two together, the images and the labels in IDX format (.gz or not)`);
  }
  const arrays = await Promise.all(files.map(async ({ name, bytes }) => ({ name, array: readIdx(await unpacked(bytes, name), name) })));
  const labels = arrays.find(({ array }) => array.shape.length === 1);
  const images = arrays.find((one) => one !== labels);
  if (!labels || !images || images.array.shape.length !== 3) {
    const shapes = arrays.map(({ name, array }) => `${name} [${array.shape.join(", ")}]`).join(" and ");
    throw new DataError(`files: ${shapes}; one must be images, [examples, height, width], and the other their labels, [examples]`);
  }
  const classes = labels.array.data.reduce((most, label) => Math.max(most, label), 1) + 1;
  const all = fromIdx(images.array, labels.array, classes);
  const { rest, held } = splitOff(all, Math.max(1, Math.min(2000, Math.floor(all.size / 6))), rng(seed));
  return {
    name: images.name,
    shape: [...images.array.shape.slice(1), 1],
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    train: takeFirst(rest, Math.min(examples, rest.size)),
    test: held,
  };
}

async function unpacked(bytes: Uint8Array, name: string): Promise<Uint8Array> {
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzip(bytes, name) : bytes;
}
