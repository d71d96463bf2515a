import * as fc from "fast-check";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { values } from "./values.js";

const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** `scan` is the cumulative sum from either end. */
export const scanLaws: readonly BackendLaw[] = [
  backendLawOf(
    "scan: cumulative sum from either end",
    fc.record({ outer: size(3), length: size(12), inner: size(4), reverse: fc.boolean(), seed: fc.nat() }),
    async (backend, { outer, length, inner, reverse, seed }) => {
      const entries = outer * length * inner;
      await verifyKernel(backend, {
        what: `scan [${outer}, ${length}, ${inner}]${reverse ? " in reverse" : ""}`,
        inputs: [values(entries, seed)],
        run: ([x]) => backend.scan(outer, length, inner, reverse, x!),
        expected: ([x]) =>
          x!.map((_, at) => {
            const i = at % inner;
            const k = Math.floor(at / inner) % length;
            const o = Math.floor(at / (inner * length));
            let sum = 0;
            for (let l = 0; l < length; l++) if (reverse ? l >= k : l <= k) sum += x![(o * length + l) * inner + i]!;
            return sum;
          }),
        tolerance: 4 * (1 + length),
      });
    },
  ),
];
