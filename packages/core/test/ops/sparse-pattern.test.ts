import { ShapeError, sparsePattern } from "@paramat/core";
import { expect, test } from "vitest";

test("literal: sorts by row, then column, and says where each entry stood", () => {
  const pattern = sparsePattern({ numRows: 2, numCols: 3, rows: [1, 0, 1, 0], cols: [2, 1, 0, 0] });
  expect([...pattern.rows]).toEqual([0, 0, 1, 1]);
  expect([...pattern.cols]).toEqual([0, 1, 0, 2]);
  expect([...pattern.order]).toEqual([3, 1, 2, 0]);
});

test("takes an empty pattern", () => {
  expect(sparsePattern({ numRows: 0, numCols: 3, rows: [], cols: [] }).rows.length).toBe(0);
});

test("refuses entries outside, twice, or incomplete", () => {
  const make = (rows: number[], cols: number[]) => () => sparsePattern({ numRows: 2, numCols: 3, rows, cols });
  expect(make([0], [])).toThrow(new ShapeError("sparsePattern: 1 rows and 0 columns; each entry needs one of each"));
  expect(make([0, 2], [0, 0])).toThrow(new ShapeError("sparsePattern: entry 1 is at (2, 0); rows are integers in 0 … 1, columns in 0 … 2"));
  expect(make([0], [-1])).toThrow("sparsePattern: entry 0 is at (0, -1)");
  expect(make([1, 0, 1], [2, 0, 2])).toThrow(
    new ShapeError("sparsePattern: entries 0 and 2 are both at (1, 2); each place has at most one (add their values)"),
  );
  expect(() => sparsePattern({ numRows: -1, numCols: 3, rows: [], cols: [] })).toThrow(
    new ShapeError("sparsePattern: a matrix of -1 × 3; both numbers must be integers ≥ 0"),
  );
});
