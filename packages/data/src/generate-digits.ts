import { DataError, type Rng, rng as rngFromSeed } from "@paramat/core";
import type { Dataset, Split } from "./dataset.js";
import { drawDigit } from "./digits/draw-digit.js";

export interface GenerateDigitsOptions {
  /** Number of training examples. */
  readonly train: number;
  /** Number of test examples. */
  readonly test: number;
  /** Height and width of an image in pixels, 8 … 64; 16 by default. */
  readonly size?: number;
  /** Seed of the stream; 0 by default. */
  readonly seed?: number;
  /** A stream to draw from instead of one made of `seed`. */
  readonly rng?: Rng;
}

/**
 * Hand-drawn digits 0 … 9, [size, size, 1], made and not collected: the same options give the same bytes on every platform.
 * Each ten examples in a row hold every digit once, in random order; the first n examples are the same however many follow.
 * @throws DataError if a count or the size is out of range
 * @remarks Two or three ways of writing each digit, drawn with random strokes, slant, place, thickness and noise. A linear softmax
 * classifier stays below 90 % on the test split (83 % after 3000 training images, 87 % after 20 000); a small convolutional network
 * passes 97 %. About 0.1 ms per image of 16 × 16.
 */
export function generateDigits(options: GenerateDigitsOptions): Dataset {
  const { train, test, size = 16, seed = 0, rng = rngFromSeed(seed) } = options;
  if (!Number.isInteger(size) || size < 8 || size > 64) {
    throw new DataError(
      `generateDigits: images of size ${size}; the size must be a whole number from 8 to 64 (smaller ones cannot be read)`,
    );
  }
  for (const [split, count] of Object.entries({ train, test })) {
    if (!Number.isInteger(count) || count < 0)
      throw new DataError(`generateDigits: ${count} ${split} examples; the number must be whole and ≥ 0`);
  }
  const trainStream = rng.split();
  const testStream = rng.split();
  return {
    name: "digits",
    shape: [size, size, 1],
    classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    train: drawSplit(train, size, trainStream),
    test: drawSplit(test, size, testStream),
  };
}

function drawSplit(count: number, size: number, rng: Rng): Split {
  const numIn = size * size;
  const images = new Float32Array(count * numIn);
  const labels = new Uint8Array(count);
  let order = new Int32Array(0);
  for (let e = 0; e < count; e++) {
    if (e % 10 === 0) order = Int32Array.from(rng.permutation(10));
    labels[e] = order[e % 10]!;
    const bytes = drawDigit(labels[e]!, size, rng);
    for (let i = 0; i < numIn; i++) images[e * numIn + i] = bytes[i]! / 255;
  }
  return { size: count, images, labels };
}
