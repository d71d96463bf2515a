import { describe, expect, it } from "vitest";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("lowerRealFft and lowerRealFilter", () => {
  const backend = gpuBackend(reckonedDriver());
  const { realFft, realFilter } = backend.fused!;
  const read = (buffer: ReturnType<typeof realFft>): number[] => [...backend.readSync!(buffer)];
  const near = (values: readonly number[]): unknown[] => values.map((x) => expect.closeTo(x, 5));

  it("of (1, 2, 3, 4) is 10, −2 + 2i, −2, and back", () => {
    const half = [10, -2, -2, 0, 2, 0];
    expect(read(realFft([4], [0], false, backend.upload([1, 2, 3, 4])))).toEqual(near(half));
    expect(read(realFft([4], [0], true, backend.upload(half)))).toEqual(near([1, 2, 3, 4]));
  });

  it("takes imaginary parts of frequencies that are their own conjugates as 0, whatever stands there", () => {
    expect(read(realFft([4], [0], true, backend.upload([10, -2, -2, Number.NaN, 2, Number.POSITIVE_INFINITY])))).toEqual(
      near([1, 2, 3, 4]),
    );
  });

  it("goes through Bluestein's chirp from real to half and back", () => {
    for (const n of [131, 262]) {
      const x = Array.from({ length: 2 * n * 3 }, (_, i) => Math.fround(Math.sin(7.3 * (i + 1))));
      const half = realFft([2, n, 3], [1], false, backend.upload(x));
      expect(half.length).toBe(2 * 2 * (Math.floor(n / 2) + 1) * 3);
      const back = read(realFft([2, n, 3], [1], true, half));
      expect(Math.max(...back.map((v, i) => Math.abs(v - x[i]!)))).toBeLessThan(16 * 2 ** -23);
    }
  });

  it("shifts a circle by the spectrum of a shift, and back by its conjugate", () => {
    // e^{−2πi k/4} for k = 0, 1, 2.
    const shift = backend.upload([1, 0, -1, 0, -1, 0]);
    const x = backend.upload([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(read(realFilter([2, 4], [1], false, x, shift))).toEqual(near([4, 1, 2, 3, 8, 5, 6, 7]));
    expect(read(realFilter([2, 4], [1], true, x, shift))).toEqual(near([2, 3, 4, 1, 6, 7, 8, 5]));
  });

  it("transforms on half of the numbers along all but the last axis listed, a launch for each axis", () => {
    const x = backend.upload(new Array(6 * 8).fill(1));
    const before = backend.activity();
    const half = realFft([6, 8], [0, 1], false, x);
    const after = backend.activity();
    expect(half.length).toBe(2 * 6 * 5);
    expect(after.launches - before.launches).toBe(2);
    expect(after.buffers - before.buffers).toBe(1);
  });
});
