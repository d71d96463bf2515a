import { zeros } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { byPath, requirePath } from "../../src/fourier/by-path.js";
import type { Path } from "../../src/index.js";
import { directCost, fourierCost } from "../../src/index.js";
import { backend, random } from "./random.js";

const shape = { examples: 16, groups: 1, channelsIn: 1, channelsOut: 1 };

describe("costs", () => {
  test("the direct path grows with the stencil, the Fourier path does not see it", () => {
    const sizes = { ...shape, grid: [64, 64] };
    expect(directCost(sizes, 225) - directCost(sizes, 0)).toBeCloseTo(25 * (directCost(sizes, 9) - directCost(sizes, 0)), 3);
    expect(directCost(sizes, 9)).toBeLessThan(fourierCost(sizes));
    expect(directCost(sizes, 225)).toBeGreaterThan(fourierCost(sizes));
  });

  test("a length that is no power of two costs several times more", () => {
    const [odd, even] = [fourierCost({ ...shape, grid: [4095] }), fourierCost({ ...shape, grid: [4096] })];
    expect(odd / even).toBeGreaterThan(2);
    expect(odd / even).toBeLessThan(8);
  });

  test("small work is direct: calls cost more than products", () => {
    expect(directCost({ ...shape, examples: 1, grid: [8] }, 8)).toBeLessThan(fourierCost({ ...shape, examples: 1, grid: [8] }));
  });
});

describe("byPath", () => {
  const named = (value: number) => {
    const give = () => zeros(backend, [value]);
    return { apply: give, applyTranspose: give, jacobianTranspose: give };
  };
  const costs = (examples: number) => ({ direct: examples, fourier: 3 });
  const taken = (path: Path, examples: number) => {
    const chosen = byPath(path, named(1), named(2), costs);
    const x = random(1, [examples, 2]);
    return [chosen.apply(x, x), chosen.applyTranspose(x, x), chosen.jacobianTranspose(x, x)].map((z) => z.size);
  };

  test("auto takes the cheaper one for the examples of each call", () => {
    expect(taken("auto", 2)).toEqual([1, 1, 1]);
    expect(taken("auto", 4)).toEqual([2, 2, 2]);
  });

  test("what is forced is taken", () => {
    expect(taken("direct", 100)).toEqual([1, 1, 1]);
    expect(taken("fft", 1)).toEqual([2, 2, 2]);
  });

  test("another path is refused", () => {
    expect(() => requirePath("circulant", "fast" as Path)).toThrow('circulant: path is "fast"; it must be one of "auto", "direct", "fft"');
  });
});
