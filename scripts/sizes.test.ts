import { join } from "node:path";
import { expect, test } from "vitest";
import { pageSizes, programSizes, type Size } from "./sizes/measure.js";

const root = join(import.meta.dirname, "..");

/** In KiB gzipped. */
const budgets: Readonly<Record<string, number>> = {
  "core + cpu + one layer": 40,
  "the same, compiled": 56,
  "the same, on WebAssembly": 110,
  "the training page at the start": 14,
  "its worker that trains": 190,
  "its worker that draws": 260,
  "gpu.js and its backend, when it is chosen": 260,
};

const tooLarge = (sizes: readonly Size[]) => sizes.filter(({ name, gzipped }) => !(gzipped < 1024 * budgets[name]!));

test("programs that use a part carry that part, within their budgets", async () => {
  const sizes = await programSizes(root);
  expect(tooLarge(sizes)).toEqual([]);
  expect(sizes.flatMap(({ strays }) => strays)).toEqual([]);
});

test("the training page can be built within its budgets, and starts without gpu.js", async () => {
  const sizes = await pageSizes(join(root, "examples/browser"));
  expect(tooLarge(sizes)).toEqual([]);
  expect(sizes.flatMap(({ strays }) => strays)).toEqual([]);
  // A name that no file bears would be measured as nothing.
  expect(sizes.filter(({ minified }) => minified < 1000)).toEqual([]);
});
