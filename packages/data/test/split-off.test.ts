import { DataError, rng } from "@paramat/core";
import { splitOff } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleSplit } from "./example-split.js";

test("held and rest share no example and lose none", () => {
  fc.assert(
    fc.property(fc.nat(30), fc.nat(30), fc.integer(), (a, b, seed) => {
      const [count, size] = a < b ? [a, b] : [b, a];
      const { rest, held } = splitOff(exampleSplit(size, 1), count, rng(seed));
      expect(held.size).toBe(count);
      expect(rest.size).toBe(size - count);
      expect([...held.images, ...rest.images].sort((x, y) => x - y)).toEqual(Array.from({ length: size }, (_, e) => e));
      for (const part of [held, rest]) expect([...part.labels]).toEqual([...part.images].map((e) => e % 10));
    }),
  );
});

test("same seed, same partition; the first examples are not favoured", () => {
  const once = splitOff(exampleSplit(100, 1), 20, rng(3));
  expect(splitOff(exampleSplit(100, 1), 20, rng(3))).toEqual(once);
  expect([...once.held.images].some((e) => e >= 50)).toBe(true);
});

test.each([-1, 11, 2.5])("refuses to hold out %s of 10", (count) => {
  expect(() => splitOff(exampleSplit(10, 1), count, rng(0))).toThrow(DataError);
  expect(() => splitOff(exampleSplit(10, 1), count, rng(0))).toThrow(`splitOff: cannot hold out ${count} of 10 examples`);
});
