import { expect, test } from "vitest";
import { createCache } from "../../src/cpu/map-cache.js";

test("makes each value once, and drops the one longest unused when full", () => {
  const made: string[] = [];
  const cache = createCache<string>(2);
  const get = (key: string) =>
    cache(key, () => {
      made.push(key);
      return key.toUpperCase();
    });
  expect([get("a"), get("b"), get("a")]).toEqual(["A", "B", "A"]);
  get("c"); // drops b: a was used since
  get("a");
  get("b");
  expect(made).toEqual(["a", "b", "c", "b"]);
});
