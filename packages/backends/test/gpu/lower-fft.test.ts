import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("lowerFft", () => {
  const backend = gpuBackend(reckonedDriver());
  const reference = cpu("float64");
  const launchesOf = (n: number): number => {
    const x = backend.upload(new Array(2 * n).fill(1));
    const before = backend.activity().launches;
    backend.fft([n], [0], false, x);
    return backend.activity().launches - before;
  };
  const fft = (on: Backend, shape: readonly number[], axes: readonly number[], inverse: boolean, x: readonly number[]): number[] => [
    ...on.readSync!(on.fft(shape, axes, inverse, on.upload(x))),
  ];

  it("of (1, 2, 3, 4) is (10, −2 + 2i, −2, −2 − 2i)", () => {
    const image = [10, -2, -2, -2, 0, 2, 0, -2];
    expect(fft(backend, [4], [0], false, [1, 2, 3, 4, 0, 0, 0, 0])).toEqual(image.map((x) => expect.closeTo(x, 6)));
    expect(fft(backend, [4], [0], true, image)).toEqual([1, 2, 3, 4, 0, 0, 0, 0].map((x) => expect.closeTo(x, 6)));
  });

  it("goes through Bluestein's chirp to a few units of rounding, along any axis, forwards and back", () => {
    for (const [shape, axis] of [
      [[131], 0],
      [[2, 262, 3], 1],
      [[1009], 0],
    ] as const) {
      const size = shape.reduce<number>((product, n) => product * n, 1);
      const x = Array.from({ length: 2 * size }, (_, i) => Math.fround(Math.sin(7.3 * (i + 1))));
      for (const inverse of [false, true]) {
        const want = fft(reference, shape, [axis], inverse, x);
        const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
        const error = norm(fft(backend, shape, [axis], inverse, x).map((v, i) => v - want[i]!));
        expect(error / norm(want), `[${shape.join(", ")}]${inverse ? ", inverse" : ""}`).toBeLessThan(4 * 2 ** -23);
      }
    }
  });

  it("takes a launch for each factor, nine by the chirp, one to copy", () => {
    expect(launchesOf(16)).toBe(1);
    expect(launchesOf(1000)).toBe(3);
    expect(launchesOf(127)).toBe(1);
    expect(launchesOf(131)).toBe(3 + 2 * 3);
    expect(launchesOf(1)).toBe(1);
  });

  it("frees what lies between its passes", () => {
    const x = backend.upload(new Array(2 * 1009).fill(1));
    const { buffers } = backend.activity();
    backend.fft([1009], [0], true, x);
    expect(backend.activity().buffers).toBe(buffers + 1);
  });

  it("of nothing is nothing", () => {
    expect(fft(backend, [3, 0], [0, 1], true, [])).toEqual([]);
    expect(fft(backend, [2], [], true, [1, 2, 3, 4])).toEqual([1, 2, 3, 4]);
  });
});
