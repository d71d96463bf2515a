import type { Buffer, IndexBuffer, Shape } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { coordinates } from "../coordinates.js";
import type { Device } from "../launch.js";
import { chunksOf } from "./chunks-of.js";
import { type Range, type SummedAxis, sumSource } from "./sum-source.js";

/** At each place of `shape`, the sum of a term over all of `over`; the last axis is innermost. */
export interface SumOfTerms {
  /** The same for the same sources; sizes are added to it. */
  readonly key: string;
  readonly shape: Shape;
  readonly over: readonly SummedAxis[];
  readonly operands: readonly (Buffer | IndexBuffer)[];
  /** Statements before the sum, and the term, from the coordinates of the place. Indices of summation are integer expressions, or literals. */
  readonly source: (at: readonly string[]) => { readonly before: string; readonly term: (over: readonly string[]) => string };
}

/**
 * A thread for each place, or, where sums are long and places are few, several that sum a part each: these partial sums are summed by another launch. Sums
 * grow by blocks, so that the error grows with the lengths of the loops, not with their product.
 */
export function sumOfTerms(device: Device, { key, shape, over, operands, source }: SumOfTerms): Buffer {
  const outputs = numEntries(shape);
  const sizes = over.map(({ size }) => size);
  const chunks = chunksOf(outputs, sizes);
  const parts = sizes.map((size, a) => (size === chunks[a] ? 1 : Math.ceil(size / chunks[a]!)));
  const partial = () =>
    device.run({
      key: `${key} Σ[${sizes.join()}] by [${chunks.join()}] at [${shape.join()}]`,
      operands,
      length: outputs * numEntries(parts),
      body: () => {
        if (sizes.includes(0)) return "return 0.0;";
        const { code, names } = coordinates("i", [...parts, ...shape], "c");
        const { before, term } = source(names.slice(parts.length));
        const ranges = over.map(({ size, enter }, a): Range => ({ size, chunk: chunks[a]!, part: names[a]!, ...(enter && { enter }) }));
        return `${code}\n${before}\n${sumSource(ranges, term)}`;
      },
    });
  const count = numEntries(parts);
  if (count <= 1) return partial();
  return device.scope(() => sumOfParts(device, partial(), count, outputs));
}

/** [count, outputs] summed over its first axis. */
function sumOfParts(device: Device, input: Buffer, count: number, outputs: number): Buffer {
  return sumOfTerms(device, {
    key: "parts",
    shape: [outputs],
    over: [{ size: count }],
    operands: [input],
    source: ([at]) => ({ before: "", term: ([k]) => `a0[${at} + ${k} * ${outputs}]` }),
  });
}
