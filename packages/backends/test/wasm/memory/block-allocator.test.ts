import * as fc from "fast-check";
import { expect, test } from "vitest";
import { blockAllocator } from "../../../src/wasm/memory/block-allocator.js";

/** Allocates, growing the row by what is missing. */
function allocateGrowing(blocks: ReturnType<typeof blockAllocator>, units: number): number {
  const block = blocks.allocate(units);
  if (block >= 0) return block;
  blocks.extend(units - blocks.freeAtEnd());
  return blocks.allocate(units);
}

test("blocks never overlap, lie inside the row, and one stretch is left when all are freed", () => {
  const step = fc.oneof(
    fc.record({ units: fc.integer({ min: 1, max: 200 }) }),
    fc.record({ freed: fc.nat(1000) }),
    fc.record({ extra: fc.integer({ min: 1, max: 50 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const blocks = blockAllocator();
      const live: number[] = [];
      const owner: (number | undefined)[] = [];
      let length = 0;
      for (const drawn of steps) {
        if ("units" in drawn) {
          let block = blocks.allocate(drawn.units);
          if (block < 0) {
            const longest = longestGap(owner, length);
            expect(longest).toBeLessThan(drawn.units);
            const missing = drawn.units - blocks.freeAtEnd();
            blocks.extend(missing);
            length += missing;
            block = blocks.allocate(drawn.units);
          }
          expect(blocks.size(block)).toBe(drawn.units);
          for (let i = blocks.start(block); i < blocks.start(block) + drawn.units; i++) {
            expect(owner[i]).toBeUndefined();
            owner[i] = block;
          }
          expect(blocks.start(block) + drawn.units).toBeLessThanOrEqual(length);
          live.push(block);
        } else if ("extra" in drawn) {
          blocks.extend(drawn.extra);
          length += drawn.extra;
        } else if (live.length > 0) {
          const [block] = live.splice(drawn.freed % live.length, 1) as [number];
          owner.fill(undefined, blocks.start(block), blocks.start(block) + blocks.size(block));
          blocks.free(block);
        }
      }
      for (const block of live) blocks.free(block);
      if (length > 0) expect([blocks.stretches(), blocks.freeAtEnd()]).toEqual([1, length]);
    }),
  );
});

test("100,000 random allocations leave little unused: the row is at most 1.3 times the most that was in use", () => {
  const random = randomNumbers(7);
  const blocks = blockAllocator();
  const live: number[] = [];
  let [inUse, most, length] = [0, 0, 0];
  for (let i = 0; i < 100_000; i++) {
    // Sizes from 1 to 16384 units, each order of magnitude as likely; the number of live blocks swings between some hundreds and few.
    const units = Math.floor(2 ** (14 * random()));
    const wanted = 400 + 350 * Math.sin(i / 3000);
    while (live.length > wanted) {
      const [block] = live.splice(Math.floor(random() * live.length), 1) as [number];
      inUse -= blocks.size(block);
      blocks.free(block);
    }
    const block = allocateGrowing(blocks, units);
    live.push(block);
    inUse += units;
    most = Math.max(most, inUse);
    length = Math.max(length, blocks.start(block) + units);
  }
  expect(length).toBeLessThan(1.3 * most);
  for (const block of live) blocks.free(block);
  expect(blocks.stretches()).toBe(1);
});

test("a hole of exactly the size is filled before the row's end is used", () => {
  const blocks = blockAllocator();
  blocks.extend(1000);
  const [a, b] = [blocks.allocate(37), blocks.allocate(1)];
  expect([blocks.start(a), blocks.start(b)]).toEqual([0, 37]);
  blocks.free(a);
  // 37 shares its list with 36 and 38, so the first promise of a fit is the row's end; after that is taken the hole still serves.
  const end = blocks.allocate(962);
  expect(blocks.start(end)).toBe(38);
  expect(blocks.start(blocks.allocate(37))).toBe(0);
  expect(blocks.allocate(1)).toBe(-1);
});

function longestGap(owner: readonly unknown[], length: number): number {
  let [longest, run] = [0, 0];
  for (let i = 0; i < length; i++) {
    run = owner[i] === undefined ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Uniform in [0, 1), xorshift. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
