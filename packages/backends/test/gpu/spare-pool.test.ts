import fc from "fast-check";
import { expect, test } from "vitest";
import { sparePool } from "../../src/gpu/spare-pool.js";

test("gives what fits exactly, and each once", () => {
  const pool = sparePool<string>(100, () => {});
  pool.give("a", 4, 5);
  pool.give("b", 4, 5);
  expect(pool.texels()).toBe(40);
  expect(pool.take(5, 4)).toBeUndefined();
  expect([pool.take(4, 5), pool.take(4, 5), pool.take(4, 5)]).toEqual(["b", "a", undefined]);
  expect(pool.texels()).toBe(0);
});

test("where there is no room, what has waited longest goes; what is too large by itself goes at once", () => {
  const removed: [string, number][] = [];
  const pool = sparePool<string>(30, (spare, texels) => removed.push([spare, texels]));
  pool.give("old", 2, 5);
  pool.give("middle", 3, 5);
  pool.give("new", 4, 4);
  expect(removed).toEqual([
    ["old", 10],
    ["middle", 15],
  ]);
  pool.give("huge", 31, 1);
  expect(removed.at(-1)).toEqual(["huge", 31]);
  expect(pool.take(4, 4)).toBe("new");
});

test("never holds more than it may, and loses nothing unsaid", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), { maxLength: 60 }),
      (steps) => {
        const inside = new Map<object, number>();
        const pool = sparePool<object>(60, (spare, texels) => {
          expect(inside.get(spare)).toBe(texels);
          inside.delete(spare);
        });
        for (const [isGiven, width, height] of steps) {
          if (isGiven) {
            const spare = { width, height };
            inside.set(spare, width * height);
            pool.give(spare, width, height);
          } else {
            const found = pool.take(width, height);
            const fitting = [...inside.keys()].filter((spare) => JSON.stringify(spare) === JSON.stringify({ width, height }));
            expect(found === undefined).toBe(fitting.length === 0);
            if (found) inside.delete(found);
          }
          const total = [...inside.values()].reduce((a, b) => a + b, 0);
          expect(pool.texels()).toBe(total);
          expect(total).toBeLessThanOrEqual(60);
        }
      },
    ),
  );
});
