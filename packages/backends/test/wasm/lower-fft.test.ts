import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpu } from "../../src/cpu.js";
import { lowerFft } from "../../src/wasm/lower-fft.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

const reference = cpu("float64");

/** By the reference backend, whose transforms are held to the definition by the laws. */
function expected(shape: readonly number[], axes: readonly number[], inverse: boolean, x: Float64Array): Float64Array {
  return reference.readSync!(reference.fft(shape, axes, inverse, reference.upload(x))) as Float64Array;
}

function drawn(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => Math.fround(Math.sin(7.3 * (i + 1) * (seed + 1.7)) * 2));
}

function relativeError(got: Float64Array, want: Float64Array): number {
  const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  return norm(got.map((v, i) => v - want[i]!)) / Math.max(norm(want), 1e-300);
}

const lengths = [...Array.from({ length: 34 }, (_, i) => i + 1), 37, 41, 48, 60, 64, 74, 100, 128, 210, 331, 1024];

describe.each(["float32", "float64"] as const)("fft on %s", (precision) => {
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;

  it("transforms every length: lines, columns, whole strips and cut ones, forwards and back", () => {
    for (const n of lengths) {
      for (const [shape, axis] of [[[3, n], 1] as const, [[n, 5], 0] as const, [[n, 21], 0] as const]) {
        const size = shape[0] * shape[1];
        for (const inverse of n % 3 === 0 ? [true] : [false]) {
          const x = drawn(2 * size, n);
          const got = runLaunch(testTarget(precision), lowerFft(testTarget(precision), shape, [axis], inverse, testBuffer(x)));
          const error = relativeError(got, expected(shape, [axis], inverse, x));
          expect(error, `[${shape.join(", ")}] over axis ${axis}${inverse ? ", inverse" : ""}`).toBeLessThan(
            3 * epsilon * (2 + Math.log2(n)),
          );
        }
      }
    }
  });

  it("transforms over any axes, the same bits for any number of parts", () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 })
          .chain((shape) => fc.record({ shape: fc.constant(shape), axes: fc.subarray(shape.map((_, a) => a)), inverse: fc.boolean() })),
        ({ shape, axes, inverse }) => {
          const x = drawn(2 * shape.reduce((product, n) => product * n, 1), shape.length);
          const [one, three] = [1, 3].map((threads) => {
            const target = testTarget(precision, threads);
            return runLaunch(target, lowerFft(target, shape, axes, inverse, testBuffer(x)));
          }) as [Float64Array, Float64Array];
          expect(three).toEqual(one);
          expect(relativeError(one, expected(shape, axes, inverse, x))).toBeLessThan(20 * epsilon);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps the spectrum of one wave, a value worked by hand", () => {
    // cos(2π·3j/8) has 4 at the frequencies 3 and −3, and nothing else.
    const wave = Float64Array.from({ length: 16 }, (_, j) => (j < 8 ? Math.cos((2 * Math.PI * 3 * j) / 8) : 0));
    const image = runLaunch(testTarget(precision), lowerFft(testTarget(precision), [8], [0], false, testBuffer(wave)));
    Array.from(image).forEach((v, k) => expect(v).toBeCloseTo(k === 3 || k === 5 ? 4 : 0, 5));
  });
});
