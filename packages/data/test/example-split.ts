import type { Split } from "@paramat/data";

/** A split whose example e has all its numIn pixels equal to e and label e mod 10, so that a mix-up shows. */
export function exampleSplit(size: number, numIn: number): Split {
  return {
    size,
    images: Float32Array.from({ length: size * numIn }, (_, i) => Math.floor(i / numIn)),
    labels: Uint8Array.from({ length: size }, (_, e) => e % 10),
  };
}
