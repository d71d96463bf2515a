import { DataError } from "@paramat/core";
import type { Split } from "./dataset.js";
import type { IdxArray } from "./read-idx.js";

/**
 * images[e] = bytes[e] / 255 with labels[e] beside it: a split from a file of images and a file of labels.
 * @param images [examples, ...grid]
 * @param labels [examples], each below `classes`
 * @param limit how many examples to take from the beginning; all of them by default
 * @throws DataError if the ranks, the counts, a label or the limit do not fit
 */
export function fromIdx(images: IdxArray, labels: IdxArray, classes: number, limit: number = images.shape[0] ?? 0): Split {
  if (images.shape.length < 2 || labels.shape.length !== 1) {
    throw new DataError(
      `fromIdx: images are [${images.shape.join(", ")}], labels [${labels.shape.join(", ")}]; ` +
        "they must be [examples, ...grid] and [examples]",
    );
  }
  const count = images.shape[0]!;
  if (labels.shape[0] !== count) {
    throw new DataError(`fromIdx: there are ${count} images and ${labels.shape[0]} labels; there must be one label for each image`);
  }
  if (!Number.isInteger(limit) || limit < 0 || limit > count) {
    throw new DataError(
      `fromIdx: cannot take the first ${limit} of ${count} examples; the limit must be a whole number from 0 to ${count}`,
    );
  }
  const wrong = labels.data.findIndex((label) => label >= classes);
  if (wrong >= 0)
    throw new DataError(`fromIdx: label ${wrong} is ${labels.data[wrong]}; with ${classes} classes it must be below ${classes}`);
  const numIn = images.shape.slice(1).reduce((product, size) => product * size, 1);
  const scaled = new Float32Array(limit * numIn);
  for (let i = 0; i < scaled.length; i++) scaled[i] = images.data[i]! / 255;
  return { size: limit, images: scaled, labels: labels.data.slice(0, limit) };
}
