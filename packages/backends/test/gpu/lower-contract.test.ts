import { describe, expect, it } from "vitest";
import type { MatmulSizes } from "../../src/backend.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("lowerContract", () => {
  const backend = gpuBackend(reckonedDriver());
  const counted = (values: readonly number[], sizes: MatmulSizes, a: readonly number[], b: readonly number[]) => {
    const before = backend.activity().launches;
    const [x, y] = [backend.upload(values), backend.upload(values)];
    const out = backend.contract(sizes, { buffer: x, offset: 0, strides: a }, { buffer: y, offset: 0, strides: b });
    return { out: [...backend.readSync!(out)], launches: backend.activity().launches - before };
  };

  it("[[1, 2], [3, 4]]² is [[7, 10], [15, 22]], in one launch", () => {
    const { out, launches } = counted([1, 2, 3, 4], { batch: [], m: 2, n: 2, k: 2 }, [2, 1], [2, 1]);
    expect(out).toEqual([7, 10, 15, 22]);
    expect(launches).toBe(1);
  });

  it("the same of the second matrix transposed is [[5, 11], [11, 25]]", () => {
    expect(counted([1, 2, 3, 4], { batch: [], m: 2, n: 2, k: 2 }, [2, 1], [1, 2]).out).toEqual([5, 11, 11, 25]);
  });

  it("without anything to sum is zeros", () => {
    expect(counted([], { batch: [2], m: 1, n: 2, k: 0 }, [0, 0, 1], [0, 2, 1]).out).toEqual([0, 0, 0, 0]);
  });

  it("cuts a long product of few places in two stages", () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i % 5) - 2);
    const { out, launches } = counted(values, { batch: [], m: 1, n: 1, k: 10_000 }, [0, 1], [1, 0]);
    // Each run of five squares sums to 10.
    expect(out).toEqual([20_000]);
    expect(launches).toBe(2);
  });
});
