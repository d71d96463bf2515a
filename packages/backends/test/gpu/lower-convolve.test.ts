import { describe, expect, it } from "vitest";
import type { Contraction, ConvGeometry } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { reckonedDriver } from "./reckoned-driver.js";

const contractions: readonly Contraction[] = ["apply", "applyTranspose", "jacobianTranspose"];

function line(size: number, kernel: number, rest: Partial<ConvGeometry> = {}): ConvGeometry {
  return { examples: 1, grid: [size], kernel: [kernel], stride: [1], dilation: [1], groups: 1, channelsIn: 1, channelsOut: 1, ...rest };
}

describe("lowerConvolve", () => {
  const backend = gpuBackend(reckonedDriver());
  const reference = cpu("float64");
  const run = (which: Contraction, geometry: ConvGeometry, a: readonly number[], b: readonly number[]): number[] => [
    ...backend.readSync!(backend.convolve(which, geometry, backend.upload(a), backend.upload(b))),
  ];
  const wholeNumbers = (length: number): number[] => Array.from({ length }, (_, i) => ((i * 5) % 7) - 3);

  it("convolves, it does not correlate: (1, 10) * (1, 2, 3) is (12, 23) where both overlap", () => {
    expect(run("apply", line(3, 2), [1, 10], [1, 2, 3])).toEqual([12, 23]);
    expect(run("applyTranspose", line(3, 2), [1, 10], [1, 2])).toEqual([10, 21, 2]);
    expect(run("jacobianTranspose", line(3, 2), [1, 2, 3], [1, 10])).toEqual([32, 21]);
  });

  it("gives zeros where the kernel does not fit", () => {
    expect(run("applyTranspose", line(2, 3), [1, 2, 3], [])).toEqual([0, 0]);
    expect(run("jacobianTranspose", line(2, 3), [1, 2], [])).toEqual([0, 0, 0]);
    expect(run("apply", line(2, 3), [1, 2, 3], [1, 2])).toEqual([]);
    expect(run("jacobianTranspose", line(4, 2, { examples: 0 }), [], [])).toEqual([0, 0]);
  });

  it("finds the taps that fall on a cell for every stride and dilation", () => {
    for (const stride of [1, 2, 3, 5]) {
      for (const dilation of [1, 2, 3]) {
        for (const kernel of [1, 2, 4]) {
          const geometry = line(23, kernel, { stride: [stride], dilation: [dilation], channelsIn: 4, channelsOut: 6, groups: 2 });
          const outputs = Math.floor((22 - dilation * (kernel - 1)) / stride) + 1;
          const [theta, z] = [wholeNumbers(kernel * 2 * 6), wholeNumbers(outputs * 6)];
          const want = reference.readSync!(reference.convolve("applyTranspose", geometry, reference.upload(theta), reference.upload(z)));
          expect(run("applyTranspose", geometry, theta, z), JSON.stringify(geometry)).toEqual([...want]);
        }
      }
    }
  });

  it("sums many examples and places, and kernels of many taps, in two launches, exactly", () => {
    const many: ConvGeometry = { ...line(0, 0), examples: 5, grid: [40, 21], kernel: [2, 3], stride: [2, 1], dilation: [1, 2] };
    const long = line(1100, 600, { channelsIn: 2, channelsOut: 2 });
    for (const geometry of [many, long]) {
      const outGrid = geometry.grid.map(
        (n, a) => Math.floor((n - geometry.dilation[a]! * (geometry.kernel[a]! - 1) - 1) / geometry.stride[a]!) + 1,
      );
      const count = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1);
      const theta = wholeNumbers(count(geometry.kernel) * geometry.channelsIn * geometry.channelsOut);
      const y = wholeNumbers(geometry.examples * count(geometry.grid) * geometry.channelsIn);
      const z = wholeNumbers(geometry.examples * count(outGrid) * geometry.channelsOut);
      for (const which of contractions) {
        const [a, b] = which === "apply" ? [theta, y] : which === "applyTranspose" ? [theta, z] : [y, z];
        const before = backend.activity().launches;
        const got = run(which, geometry, a, b);
        const isLong = which === "jacobianTranspose" || geometry === long;
        expect(backend.activity().launches - before).toBe(isLong ? 2 : 1);
        expect(got).toEqual([...reference.readSync!(reference.convolve(which, geometry, reference.upload(a), reference.upload(b)))]);
      }
    }
  });
});
