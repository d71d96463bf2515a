import type { Buffer, MatmulSizes, View } from "../backend.js";
import { placeAt } from "./coordinates.js";
import { type Device, integer } from "./launch.js";
import { sumOfTerms } from "./sum/sum-of-terms.js";

/** `contract`: each place goes along its row of a and its column of b; long products of few places are cut into parts. */
export function lowerContract(device: Device, { batch, m, n, k }: MatmulSizes, a: View, b: View): Buffer {
  const layout = [a, b].map(({ offset, strides }) => `${offset}:${strides.join()}`).join(";");
  return sumOfTerms(device, {
    key: `contract ${layout}`,
    shape: [...batch, m, n],
    over: [{ size: k }],
    operands: [a.buffer, b.buffer],
    source: (at) => {
      const row = [...at.slice(0, -2), at.at(-2)!];
      const col = [...at.slice(0, -2), at.at(-1)!];
      const rowStrides = a.strides.slice(0, -1);
      const colStrides = [...b.strides.slice(0, -2), b.strides.at(-1)!];
      return {
        before: `${integer("row", placeAt(row, rowStrides, a.offset))} ${integer("col", placeAt(col, colStrides, b.offset))}`,
        term: ([t]) => `a0[${placeAt([t!], [a.strides.at(-1)!], "row")}] * a1[${placeAt([t!], [b.strides.at(-2)!], "col")}]`,
      };
    },
  });
}
