import { rootOfUnity } from "../../cpu/root-of-unity.js";
import type { Numbers } from "../numbers.js";

/** Tables under construction: numbers in the kernel's precision, one list after another. */
export interface TableBuilder {
  /** Adds complex numbers; returns where they start, in bytes. */
  add(numbers: readonly (readonly [number, number])[]): number;
  bytes(): Uint8Array;
}

export function tableBuilder({ bytes }: Numbers): TableBuilder {
  const values: number[] = [];
  return {
    add(numbers) {
      const start = values.length * bytes;
      for (const [re, im] of numbers) values.push(re, im);
      return start;
    },
    bytes: () => new Uint8Array((bytes === 4 ? Float32Array.from(values) : Float64Array.from(values)).buffer),
  };
}

/** e^{−2πi pk/(radix·after)} for p < after, 1 ≤ k < radix, as `fftPass` reads them. */
export function passTwiddles(radix: number, after: number): (readonly [number, number])[] {
  return Array.from({ length: after * (radix - 1) }, (_, i) => {
    const [p, k] = [Math.floor(i / (radix - 1)), 1 + (i % (radix - 1))];
    return rootOfUnity(p * k, radix * after);
  });
}
