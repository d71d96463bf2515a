import { type Backend, type Contraction, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { zeros } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { byPath, type PathChoice, requirePath, takenPath } from "../../src/fourier/by-path.js";
import type { Path } from "../../src/index.js";
import { directCost, fourierCost } from "../../src/index.js";
import { backend, random } from "./random.js";

const shape = { examples: 16, groups: 1, channelsIn: 1, channelsOut: 1 };
const contractions: readonly Contraction[] = ["apply", "applyTranspose", "jacobianTranspose"];
const places = [cpu("float64"), wasm()].flatMap((where: Backend) => contractions.map((which) => ({ which, backend: where })));

describe.each(places)("costs of $which on $backend.name", (place) => {
  test("the direct path grows with the stencil, the Fourier path does not see it", () => {
    const sizes = { ...shape, grid: [64, 64] };
    const direct = (taps: number) => directCost(sizes, taps, place);
    expect(direct(225) - direct(0)).toBeCloseTo(25 * (direct(9) - direct(0)), 3);
    expect(direct(9)).toBeLessThan(fourierCost(sizes, place));
    expect(direct(625)).toBeGreaterThan(fourierCost(sizes, place));
  });

  test("a length with a large prime factor costs several times more", () => {
    const [prime, even] = [fourierCost({ ...shape, grid: [4093] }, place), fourierCost({ ...shape, grid: [4096] }, place)];
    expect(prime / even).toBeGreaterThan(2);
    expect(prime / even).toBeLessThan(8);
  });
});

test.each([cpu("float64"), wasm()])("small work is direct on $name: calls cost more than products", (where) => {
  const [sizes, place] = [{ ...shape, examples: 1, grid: [8] }, { which: "apply", backend: where } as const];
  expect(directCost(sizes, 8, place)).toBeLessThan(fourierCost(sizes, place));
});

test("lengths of odd factors are no detour where the backend has butterflies for them", () => {
  const ratio = (where: Backend) => {
    const cost = (n: number) => fourierCost({ ...shape, grid: [n] }, { which: "apply", backend: where });
    return cost(3000) / cost(4096);
  };
  expect(ratio(cpu("float64"))).toBeGreaterThan(1.5);
  expect(ratio(wasm())).toBeLessThan(1);
});

describe("byPath", () => {
  const named = (value: number) => {
    const give = () => zeros(backend, [value]);
    return { apply: give, applyTranspose: give, jacobianTranspose: give };
  };
  const choice = (path: Path): PathChoice => ({
    path,
    direct: ({ examples }) => examples,
    fourier: ({ which }) => (which === "jacobianTranspose" ? 1 : 3),
  });
  const taken = (path: Path, examples: number) => {
    const chosen = byPath(choice(path), named(1), named(2));
    const x = random(1, [examples, 2]);
    return [chosen.apply(x, x), chosen.applyTranspose(x, x), chosen.jacobianTranspose(x, x)].map((z) => z.size);
  };

  test("auto takes the cheaper one for the contraction and the examples of each call", () => {
    expect(taken("auto", 1)).toEqual([1, 1, 1]);
    expect(taken("auto", 2)).toEqual([1, 1, 2]);
    expect(taken("auto", 4)).toEqual([2, 2, 2]);
  });

  test("what is forced is taken", () => {
    expect(taken("direct", 100)).toEqual([1, 1, 1]);
    expect(taken("fft", 1)).toEqual([2, 2, 2]);
  });

  test("auto is direct where there is no Fourier path", () => {
    const walled: PathChoice = { ...choice("auto"), fourier: "the grid has a wall" };
    expect(takenPath(walled, { which: "apply", backend, examples: 100 })).toBe("direct");
  });

  test("another path is refused", () => {
    expect(() => requirePath("circulant", "fast" as Path)).toThrow('circulant: path is "fast"; it must be one of "auto", "direct", "fft"');
  });
});
