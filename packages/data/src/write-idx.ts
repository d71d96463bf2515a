import { DataError } from "@paramat/core";
import type { IdxArray } from "./read-idx.js";

/**
 * The bytes of an IDX file that holds `array`: 0 0 8 rank, one big-endian u32 per axis, then the data; `readIdx` is its inverse.
 * @throws DataError if the shape does not fit the format (1 … 255 axes, each a whole number below 2³²) or the data
 */
export function writeIdx(array: IdxArray): Uint8Array {
  const { shape, data } = array;
  const fits = shape.length >= 1 && shape.length <= 255 && shape.every((size) => Number.isInteger(size) && size >= 0 && size < 2 ** 32);
  if (!fits)
    throw new DataError(`writeIdx: shape [${shape.join(", ")}] does not fit; the format has 1 to 255 axes, each a whole number below 2^32`);
  const promised = shape.reduce((product, size) => product * size, 1);
  if (promised !== data.length) {
    throw new DataError(`writeIdx: shape [${shape.join(", ")}] has ${promised} entries, the data ${data.length}; they must be equal`);
  }
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + data.length);
  bytes.set([0, 0, 0x08, shape.length]);
  const view = new DataView(bytes.buffer);
  shape.forEach((size, axis) => {
    view.setUint32(4 + 4 * axis, size);
  });
  bytes.set(data, start);
  return bytes;
}
