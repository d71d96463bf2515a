import { expect, it } from "vitest";
import { orderByCol, orderByRow } from "../../../src/wasm/sparse/sparse-order.js";

// [[0, a], [0, 0], [b, c]]
const pattern = { numRows: 3, numCols: 2, rows: Int32Array.of(0, 2, 2), cols: Int32Array.of(1, 0, 1) };

it("lists a pattern's entries by rows and by columns", () => {
  expect(orderByRow(pattern)).toEqual({ lines: 3, size: 2, starts: Int32Array.of(0, 1, 1, 3), places: pattern.cols, entries: null });
  expect(orderByCol(pattern)).toEqual({
    lines: 2,
    size: 3,
    starts: Int32Array.of(0, 1, 3),
    places: Int32Array.of(2, 0, 2),
    entries: Int32Array.of(1, 0, 2),
  });
});

it("gives the same lists for one pattern, others for another", () => {
  expect(orderByCol(pattern)).toBe(orderByCol(pattern));
  expect(orderByCol({ ...pattern }).places).not.toBe(orderByCol(pattern).places);
});
