import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Part, Shape } from "../../src/backend.js";
import { rowMajorStrides } from "../../src/cpu/offsets.js";
import { layoutOf } from "../../src/laws/layout.js";
import { count, indicesOf, strided } from "../../src/laws/multi-index.js";
import { lowerPlace } from "../../src/wasm/lower-place.js";
import { runLaunch, type TestBuffer, testBuffer, testTarget } from "./run-launch.js";

const targets = (["float32", "float64"] as const).flatMap((precision) => [1, 3].map((threads) => ({ precision, threads })));

/** Whole numbers, whose sums are exact. */
function counting(length: number): TestBuffer {
  return testBuffer(Array.from({ length }, (_, i) => 1 + ((i * 37) % 1000)));
}

function placedNaively(shape: Shape, parts: readonly Part[]): number[] {
  const out = new Array<number>(count(shape)).fill(0);
  for (const { source, shape: block, offset, strides } of parts) {
    const { values } = source.buffer as TestBuffer;
    for (const index of indicesOf(block)) out[strided(offset, strides, index)]! += values[strided(source.offset, source.strides, index)]!;
  }
  return out;
}

/** A part that a box of the result receives: `low` and `step` along each axis, from a contiguous buffer. */
function boxPart(shape: Shape, block: Shape, low: readonly number[], step: readonly number[] = shape.map(() => 1)): Part {
  const strides = rowMajorStrides(shape);
  return {
    source: { buffer: counting(count(block)), offset: 0, strides: rowMajorStrides(block) },
    shape: block,
    offset: strided(0, strides, low),
    strides: strides.map((stride, a) => stride * step[a]!),
  };
}

describe.each(targets)("lowerPlace, $precision, $threads parts", ({ precision, threads }) => {
  const target = testTarget(precision, threads);

  function agrees(shape: Shape, parts: readonly Part[]): void {
    expect(Array.from(runLaunch(target, lowerPlace(target, shape, parts)))).toEqual(placedNaively(shape, parts));
  }

  it("adds two overlapping parts by hand", () => {
    const part = (values: number[], offset: number): Part => ({
      source: { buffer: testBuffer(values), offset: 0, strides: [1] },
      shape: [values.length],
      offset,
      strides: [1],
    });
    const out = runLaunch(target, lowerPlace(target, [5], [part([1, 2, 3], 1), part([10, 20], 3)]));
    expect(Array.from(out)).toEqual([0, 1, 2, 13, 20]);
  });

  it("puts parts through any views into any places", () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(sizes, { maxLength: 3 }), fc.nat(1e6), (shapes, seed) => {
        const to = shapes.map((shape, i) => layoutOf(shape, seed + 50 + i));
        const length = Math.max(1, ...to.map((layout) => layout.length));
        const parts = shapes.map((shape, i): Part => {
          const from = layoutOf(shape, seed + i);
          const source = { buffer: counting(from.length), offset: from.offset, strides: from.strides };
          return { source, shape, offset: to[i]!.offset, strides: to[i]!.strides };
        });
        agrees([length], parts);
      }),
      { numRuns: 80 },
    );
  });

  it("puts boxes, apart or not, with steps, read through any views, into arrays of several axes", () => {
    const cut = fc.tuple(fc.nat(11), fc.nat(11), fc.nat(2));
    const axis = fc.record({ size: fc.integer({ min: 1, max: 12 }), cuts: fc.array(cut, { minLength: 3, maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 3 }), fc.nat(1e6), (axes, numParts, seed) => {
        const shape = axes.map(({ size }) => size);
        const parts = Array.from({ length: numParts }, (_, k): Part => {
          const box = axes.map(({ size, cuts }) => {
            const [a, b, s] = cuts[k]!;
            const [low, step] = [a % size, s + 1];
            return { low, step, length: 1 + (b % (1 + Math.floor((size - 1 - low) / step))) };
          });
          const part = boxPart(
            shape,
            box.map(({ length }) => length),
            box.map(({ low }) => low),
            box.map(({ step }) => step),
          );
          const { length, offset, strides } = layoutOf(part.shape, seed + k);
          return { ...part, source: { buffer: counting(length), offset, strides } };
        });
        agrees(shape, parts);
      }),
      { numRuns: 60 },
    );
  });

  it("surrounds images with a halo", () => agrees([5, 12, 13, 1], [boxPart([5, 12, 13, 1], [5, 8, 9, 1], [0, 2, 2, 0])]));

  it.each([[0], [1], [2], [3]])("joins along axis %i", (axis) => {
    const blocks = [4, 1, 3].map((length) => [3, 5, 6, 7].map((n, a) => (a === axis ? length : n)));
    const shape = [3, 5, 6, 7].map((n, a) => (a === axis ? 8 : n));
    agrees(
      shape,
      blocks.map((block, k) =>
        boxPart(
          shape,
          block,
          shape.map((_, a) => (a === axis ? [0, 4, 5][k]! : 0)),
        ),
      ),
    );
  });

  it("transposes, in squares and at their edges", () => {
    for (const [m, n] of [
      [13, 9],
      [8, 12],
      [3, 50],
    ] as const) {
      const source = { buffer: counting(2 * m * n), offset: 0, strides: [m * n, 1, m] };
      agrees([2, m, n], [{ source, shape: [2, m, n], offset: 0, strides: [m * n, n, 1] }]);
      agrees([m, n], [{ source: { ...source, strides: [1, m] }, shape: [m, n], offset: 0, strides: [n, 1] }]);
    }
  });

  it("adds transposed squares", () => {
    const source = { buffer: counting(130), offset: 0, strides: [1, 13] };
    const part = { source, shape: [13, 9], offset: 0, strides: [9, 1] };
    agrees([13, 9], [part, part]);
    agrees(
      [2, 13, 9],
      [
        part,
        { ...part, offset: 117, shape: [8, 8] },
        { ...part, shape: [2, 5, 9], strides: [117, 9, 1], source: { ...source, strides: [6, 1, 13] } },
      ],
    );
  });

  it("adds the windows that overlap, each through a step of two", () => {
    const shape = [3, 9, 9, 5];
    agrees(
      shape,
      [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => boxPart(shape, [3, 4, 4, 5], [0, i, j, 0], [1, 2, 2, 1]))),
    );
  });

  it("writes the diagonals of a batch, either way", () => {
    const source = { buffer: counting(8), offset: 0, strides: [4, 1] };
    agrees([2, 4, 4], [{ source, shape: [2, 4], offset: 0, strides: [16, 5] }]);
    agrees([2, 4, 4], [{ source, shape: [2, 4], offset: 3, strides: [16, 3] }]);
  });

  it("copies and adds long runs, and broadcasts", () => {
    const one = { buffer: counting(1), offset: 0, strides: [0, 0] };
    agrees([3, 5000], [boxPart([3, 5000], [3, 4990], [0, 7]), boxPart([3, 5000], [2, 3000], [1, 99])]);
    agrees([20000], [boxPart([20000], [19990], [5]), boxPart([20000], [4321], [11111])]);
    agrees([6, 700], [{ source: one, shape: [6, 650], offset: 3, strides: [700, 1] }]);
  });

  it("sums a part whose entries meet", () => {
    const source = { buffer: counting(12), offset: 0, strides: [3, 1] };
    agrees([6], [{ source, shape: [4, 3], offset: 0, strides: [1, 1] }]);
    agrees([4], [{ source, shape: [4, 3], offset: 0, strides: [1, 0] }]);
  });
});

it("joins hundreds of arrays, and says so where they are too many", () => {
  const target = testTarget("float32");
  const parts = Array.from({ length: 901 }, (_, k) => boxPart([901, 2], [1, 2], [k, 0]));
  expect(() => lowerPlace(target, [901, 2], parts)).toThrow("place: the parts read from 901 different places; at most 900");
  const out = runLaunch(target, lowerPlace(target, [901, 2], parts.slice(0, 900)));
  expect(Array.from(out.slice(1798))).toEqual([1, 38, 0, 0]);
});
