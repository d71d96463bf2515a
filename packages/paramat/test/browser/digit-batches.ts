import type { Backend } from "@paramat/backends";
import { ndarray, oneHotRows, type Split, type Value } from "paramat";

/** `count` images of side × side from example `from` on, round and round: [count, side, side, 1]. */
export function imagesFrom(backend: Backend, { images, size }: Split, side: number, from: number, count: number): Value {
  const [start, pixels] = [from % size, side * side];
  return ndarray(backend, images.subarray(start * pixels, (start + count) * pixels), [count, side, side, 1]);
}

/** Their digits, one-hot: [count, 10]. */
export function classesFrom(backend: Backend, { labels, size }: Split, from: number, count: number): Value {
  const start = from % size;
  return ndarray(backend, oneHotRows(labels.subarray(start, start + count), 10), [count, 10]);
}
