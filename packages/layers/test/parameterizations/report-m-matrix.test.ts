import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { denseMatrix, mMatrix, reportMMatrix } from "../../src/index.js";

const backend = cpu("float64");

describe("reportMMatrix", () => {
  test("an M-matrix with its row sums", () => {
    const report = reportMMatrix(
      denseMatrix([2], [2]),
      ndarray(backend, [
        [3, -1],
        [-2, 2],
      ]),
    );
    expect(report.holds).toBe(true);
    expect([...report.rowSums]).toEqual([2, 0]);
    expect(String(report)).toBe("an M-matrix: off-diagonal entries ≤ 0; row sums 0 … 2");
  });

  test("names the entries and rows that are wrong", () => {
    const report = reportMMatrix(
      denseMatrix([2], [2]),
      ndarray(backend, [
        [1, -4],
        [0.5, 2],
      ]),
    );
    expect(report.holds).toBe(false);
    expect(report.wrongSigns).toEqual([{ row: 1, col: 0, value: 0.5 }]);
    expect(report.negativeRows).toEqual([0]);
    expect(String(report)).toBe(
      "not an M-matrix: positive off the diagonal: (1, 0) is 0.5; negative row sums: row 0 sums to -3; row sums -3 … 2.5",
    );
  });

  test("row sums that vanish but for rounding count as zero", () => {
    const theta = ndarray(backend, [0.1, 0.2, 0.3, 0.7, 1e-9, 1e9]);
    expect(reportMMatrix(mMatrix(3), theta).holds).toBe(true);
  });

  test("NaN is no M-matrix", () => {
    expect(reportMMatrix(mMatrix(2), ndarray(backend, [Number.NaN, 1])).holds).toBe(false);
  });

  test("many faults are counted, the first ones shown", () => {
    const theta = ndarray(backend, new Float64Array(12).fill(-1));
    expect(String(reportMMatrix(mMatrix(4), theta))).toContain(
      "(0, 1) is 1, (0, 2) is 1, (0, 3) is 1, (1, 0) is 1, (1, 2) is 1, … (12 in all)",
    );
  });

  test("refuses a matrix that is not square", () => {
    expect(() => reportMMatrix(denseMatrix([2], [3]), ndarray(backend, new Float64Array(6), [3, 2]))).toThrow(
      "reportMMatrix: denseMatrix is 3 × 2; an M-matrix is square",
    );
  });
});
