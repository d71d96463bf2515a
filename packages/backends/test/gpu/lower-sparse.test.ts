import { describe, expect, test } from "vitest";
import type { SparsePattern } from "../../src/backend.js";
import { BackendError } from "../../src/errors.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { values } from "../../src/laws/values.js";
import { reckonedDriver } from "./reckoned-driver.js";

const backend = gpuBackend(reckonedDriver());

function worst(got: ArrayLike<number>, want: readonly number[]): number {
  expect(got.length).toBe(want.length);
  return want.reduce((most, value, i) => Math.max(most, Math.abs(value - got[i]!)), 0);
}

/** Row 1 is full, of the others every tenth has its diagonal. */
function skewed(size: number): SparsePattern {
  const rows: number[] = [];
  const cols: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let col = 0; col < size; col++) {
      if (row !== 1 && (row !== col || row % 10 !== 0)) continue;
      rows.push(row);
      cols.push(col);
    }
  }
  return { numRows: size, numCols: size, rows: Int32Array.from(rows), cols: Int32Array.from(cols) };
}

describe("rows of very different lengths", () => {
  const size = 2500;
  const pattern = skewed(size);
  const examples = 2;
  const theta = values(pattern.rows.length, 1).map(Math.fround);
  const y = values(examples * size, 2).map(Math.fround);

  test.each([
    ["apply", pattern.rows, pattern.cols, 2],
    ["applyTranspose", pattern.cols, pattern.rows, 1],
  ] as const)("%s, a launch more where one has over 2048 entries", async (which, to, from, launches) => {
    const want = new Array<number>(examples * size).fill(0);
    for (let e = 0; e < examples; e++) theta.forEach((value, t) => (want[e * size + to[t]!]! += value * y[e * size + from[t]!]!));
    const before = backend.activity().launches;
    const got = await backend.read(backend.sparse(which, pattern, examples, backend.upload(theta), backend.upload(y)));
    expect(backend.activity().launches - before).toBe(launches);
    expect(worst(got, want)).toBeLessThanOrEqual(4 * backend.epsilon * size);
  });
});

test("the Jacobian sums over many examples in parts", async () => {
  const pattern = { numRows: 2, numCols: 3, rows: Int32Array.of(0, 1, 1), cols: Int32Array.of(2, 0, 1) };
  const examples = 700;
  const [y, z] = [values(3 * examples, 3).map(Math.fround), values(2 * examples, 4).map(Math.fround)];
  const want = [0, 1, 2].map((t) => {
    let sum = 0;
    for (let e = 0; e < examples; e++) sum += z[2 * e + pattern.rows[t]!]! * y[3 * e + pattern.cols[t]!]!;
    return sum;
  });
  const before = backend.activity().launches;
  const got = await backend.read(backend.sparse("jacobianTranspose", pattern, examples, backend.upload(y), backend.upload(z)));
  expect(backend.activity().launches - before).toBe(2);
  expect(worst(got, want)).toBeLessThanOrEqual(4 * backend.epsilon * examples);
});

test("[[0, 2], [3, 4]] of [5, 7] is [14, 43]", async () => {
  const pattern = { numRows: 2, numCols: 2, rows: Int32Array.of(0, 1, 1), cols: Int32Array.of(1, 0, 1) };
  const got = await backend.read(backend.sparse("apply", pattern, 1, backend.upload([2, 3, 4]), backend.upload([5, 7])));
  expect(got).toEqual(Float32Array.of(14, 43));
});

test("more than 2²⁴ columns are refused", () => {
  const pattern = { numRows: 1, numCols: 2 ** 24 + 1, rows: Int32Array.of(0), cols: Int32Array.of(3) };
  const applied = () => backend.sparse("apply", pattern, 1, backend.upload([2]), backend.upload([5]));
  expect(applied).toThrow(BackendError);
  expect(applied).toThrow("position 16777217 is beyond 16777216");
});
