import { DataError, rng } from "@paramat/core";
import { batches } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exampleSplit } from "./example-split.js";

test("in order without a stream, the last one smaller", () => {
  const all = [...batches(exampleSplit(5, 2), 2)];
  expect(all.map((batch) => [batch.index, batch.size, [...batch.labels]])).toEqual([
    [0, 2, [0, 1]],
    [1, 2, [2, 3]],
    [2, 1, [4]],
  ]);
  expect(all[2]!.images).toEqual(Float32Array.of(4, 4));
});

test("every example once, whatever the order; dropLast loses fewer than a batch", () => {
  fc.assert(
    fc.property(fc.nat(40), fc.integer({ min: 1, max: 15 }), fc.integer(), fc.boolean(), (count, size, seed, dropLast) => {
      const all = [...batches(exampleSplit(count, 1), size, rng(seed), { dropLast })];
      const seen = all.flatMap((batch) => [...batch.images]).sort((x, y) => x - y);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(dropLast ? count - (count % size) : count);
      expect(all.map((batch) => batch.index)).toEqual(all.map((_, k) => k));
      for (const batch of all) {
        expect(batch.images.length).toBe(batch.size);
        expect([...batch.labels]).toEqual([...batch.images].map((e) => e % 10));
      }
    }),
  );
});

test("a stream gives a new order each pass, the same for the same seed", () => {
  const order = (stream: ReturnType<typeof rng>) => [...batches(exampleSplit(50, 1), 50, stream)].flatMap((batch) => [...batch.images]);
  const stream = rng(1);
  const first = order(stream);
  expect(order(stream)).not.toEqual(first);
  expect(order(rng(1))).toEqual(first);
});

test.each([0, -2, 1.5])("refuses batches of %s at the call", (size) => {
  expect(() => batches(exampleSplit(3, 1), size)).toThrow(DataError);
  expect(() => batches(exampleSplit(3, 1), size)).toThrow(`batches: a batch of ${size} examples`);
});
