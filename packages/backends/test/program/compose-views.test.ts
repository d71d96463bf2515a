import fc from "fast-check";
import { expect, test } from "vitest";
import { composeViews } from "../../src/program/compose-views.js";

/** Every multi-index of a shape, row-major. */
function indices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((all, n) => all.flatMap((i) => Array.from({ length: n }, (_, k) => [...i, k])), [[]]);
}

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** The multi-index of a flat position. */
function unflatten(position: number, sizes: readonly number[]): number[] {
  const index: number[] = [];
  let rest = position;
  for (const n of [...sizes].reverse()) {
    index.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return index;
}

const axis = fc.record({ size: fc.integer({ min: 1, max: 6 }), stride: fc.integer({ min: -12, max: 24 }) });

test("where a walk is composed, it is at the same entries; it never carries", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      fc.array(axis, { maxLength: 3 }),
      fc.nat(60),
      (sizes, axes, offset) => {
        const shape = axes.map(({ size }) => size);
        const strides = axes.map(({ stride }) => stride);
        const length = sizes.reduce((product, n) => product * n, 1);
        const positions = indices(shape).map((i) => offset + dot(i, strides));
        fc.pre(positions.every((p) => p >= 0 && p < length));
        const composed = composeViews(shape, { node: 0, offset, strides }, sizes);
        fc.pre(composed !== undefined);
        expect(composed.splits.map((split) => split.reduce((product, n) => product * n, 1))).toEqual(shape);
        const found = indices(composed.splits.flat()).map((i) => {
          const at = [...composed.starts];
          composed.steps.forEach((step, a) => {
            if (step) at[step.axis]! += step.by * i[a]!;
          });
          return at;
        });
        expect(found).toEqual(positions.map((p) => unflatten(p, sizes)));
      },
    ),
  );
});

test("reshapes, transposes, flips and steps are seen through", () => {
  // 24 entries in order, of a buffer [2, 3, 4].
  expect(composeViews([24], { node: 0, offset: 0, strides: [1] }, [2, 3, 4])?.splits).toEqual([[2, 3, 4]]);
  expect(composeViews([4, 6], { node: 0, offset: 0, strides: [1, 4] }, [6, 4])?.steps).toEqual([
    { axis: 1, by: 1 },
    { axis: 0, by: 1 },
  ]);
  expect(composeViews([3], { node: 0, offset: 5, strides: [-2] }, [6])).toEqual({
    splits: [[3]],
    starts: [5],
    steps: [{ axis: 0, by: -2 }],
  });
});

test("walks that carry within a step are not", () => {
  // 0, 3, 6, 9 of [2, 2, 4]: from one row to the middle of the next.
  expect(composeViews([4], { node: 0, offset: 0, strides: [3] }, [2, 2, 4])).toBeUndefined();
  // 2 … 5 of [2, 4]: starts in the middle of a row and goes on in the next.
  expect(composeViews([4], { node: 0, offset: 2, strides: [1] }, [2, 4])).toBeUndefined();
  // A diagonal.
  expect(composeViews([3], { node: 0, offset: 0, strides: [4] }, [3, 3])).toBeUndefined();
});
