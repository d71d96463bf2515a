import { expect, test } from "vitest";
import { createStorage } from "../../src/cpu/storage.js";

test.each(["float32", "float64"] as const)("%s: what was finished outlives the next accumulator", (precision) => {
  const storage = createStorage(precision);
  const first = storage.accumulator(3).fill(1);
  const kept = storage.finish(first);
  expect([...storage.accumulator(5)]).toEqual([0, 0, 0, 0, 0]);
  expect([...kept]).toEqual([1, 1, 1]);
  expect(kept).toBeInstanceOf(precision === "float32" ? Float32Array : Float64Array);
});
