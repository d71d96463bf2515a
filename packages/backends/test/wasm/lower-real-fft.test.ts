import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cpu } from "../../src/cpu.js";
import { lowerRealFft } from "../../src/wasm/lower-real-fft.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

const reference = cpu("float64");
const count = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);

/** The whole complex transform by the reference backend, then the frequencies 0 … ⌊n/2⌋ of the last axis. */
function halfOf(shape: readonly number[], axes: readonly number[], x: Float64Array): Float64Array {
  const planes = reference.upload(Float64Array.from([...x, ...new Float64Array(x.length)]));
  const whole = reference.readSync!(reference.fft(shape, axes, false, planes));
  const last = axes.at(-1)!;
  const n = shape[last]!;
  const inner = count(shape.slice(last + 1));
  return Float64Array.from(whole).filter((_, i) => Math.floor(i / inner) % n <= n >> 1);
}

function drawn(length: number, seed: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => Math.fround(Math.sin(5.1 * (i + 1) * (seed + 1.3)) * 2));
}

function relativeError(got: Float64Array, want: Float64Array): number {
  const norm = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  return got.length === want.length ? norm(got.map((v, i) => v - want[i]!)) / Math.max(norm(want), 1e-300) : Number.NaN;
}

describe.each(["float32", "float64"] as const)("real fft on %s", (precision) => {
  const target = testTarget(precision);
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;

  it.each([2, 3, 4, 5, 7, 8, 12, 15, 37, 74, 100])("is half of the complex transform, and back, at length %i", (n) => {
    for (const [shape, axes] of [
      [[5, n], [1]] as const,
      [[n, 7], [0]] as const,
      [
        [2, 3, n, 2],
        [1, 2],
      ] as const,
      [
        [3, n],
        [0, 1],
      ] as const,
    ]) {
      const x = drawn(count(shape), n);
      const spectrum = halfOf(shape, axes, x);
      const what = `[${shape.join(", ")}] over [${axes.join(", ")}]`;
      const bound = 6 * epsilon * (2 + Math.log2(n));
      expect(relativeError(runLaunch(target, lowerRealFft(target, shape, axes, false, testBuffer(x))), spectrum), what).toBeLessThan(bound);
      const back = runLaunch(target, lowerRealFft(target, shape, axes, true, testBuffer(spectrum)));
      expect(relativeError(back, x), `${what}, back`).toBeLessThan(bound);
    }
  });

  it("gives the same bits for any number of parts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 2, max: 24 }),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        (outer, n, inner, inverse) => {
          const shape = [outer, n, inner];
          const x = drawn(inverse ? 2 * outer * ((n >> 1) + 1) * inner : count(shape), n);
          const [one, three] = [1, 3].map((threads) => {
            const parts = testTarget(precision, threads);
            return runLaunch(parts, lowerRealFft(parts, shape, [0, 1], inverse, testBuffer(x)));
          });
          expect(three).toEqual(one);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("does not read the imaginary parts that a real signal has not", () => {
    const spectrum = Float64Array.from([8, 0, 0, 5, 0, 7]);
    // F of [2, 2, 2, 2] is [8, 0, 0], whatever stands for the imaginary parts at 0 and n/2.
    expect(Array.from(runLaunch(target, lowerRealFft(target, [4], [0], true, testBuffer(spectrum))))).toEqual([2, 2, 2, 2]);
  });
});
