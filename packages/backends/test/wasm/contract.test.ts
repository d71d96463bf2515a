import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Precision } from "../../src/backend.js";
import { layoutOf } from "../../src/laws/layout.js";
import { values } from "../../src/laws/values.js";
import { lowerContract } from "../../src/wasm/lower-contract.js";
import { type ContractCase, dense, hasRelaxed, orders, verifyContract } from "./contract-trial.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

const side = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 9 }) }, { weight: 1, arbitrary: fc.integer({ min: 10, max: 40 }) });
const drawnSizes = fc.record({ batch: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }), m: side, n: side, k: side });

const order = fc.constantFrom(...orders);
const small = fc.integer({ min: 1, max: 21 });

/** Past the blocks of terms (256) and rows (128), and through every way of copying the factors; then single rows and columns. */
const largeSizes = [
  { m: 9, n: 7, k: 523 },
  { m: 137, n: 41, k: 30 },
  { m: 33, n: 37, k: 283 },
  { m: 1, n: 133, k: 261 },
  { m: 3, n: 515, k: 531 },
  { m: 131, n: 1, k: 259 },
];

const variants: readonly (readonly [Precision, boolean])[] = [
  ["float32", false],
  ["float64", false],
  ["float32", true],
  ["float64", true],
];

describe.each(variants)("contract in %s, relaxed: %s", (precision, relaxed) => {
  const run = it.skipIf(relaxed && !hasRelaxed);
  const verify = (drawn: ContractCase, seed: number) => verifyContract(precision, relaxed, drawn, seed);

  run("is the matrix product of any views", () => {
    fc.assert(
      fc.property(drawnSizes, fc.nat(), (sizes, seed) => {
        const { batch, m, n, k } = sizes;
        verify({ sizes, a: layoutOf([...batch, m, k], seed), b: layoutOf([...batch, k, n], seed + 1) }, seed);
      }),
      { numRuns: 25 },
    );
  });

  run("serves every remainder, in rows and in columns", () => {
    fc.assert(
      fc.property(small, small, small, order, order, (m, n, k, aOrder, bOrder) =>
        verify({ sizes: { batch: [], m, n, k }, a: dense(m, k, aOrder), b: dense(k, n, bOrder) }, m + 22 * n),
      ),
      { numRuns: 25 },
    );
  });

  run("takes batches whose neighbours lie side by side, one factor or both", () => {
    const length = fc.integer({ min: 2, max: 9 });
    const layout = (batch: number, rows: number, columns: number, isShared: boolean) => ({
      length: batch * rows * columns,
      offset: 0,
      strides: [isShared ? 0 : 1, columns * batch, batch],
    });
    fc.assert(
      fc.property(length, length, length, length, fc.constantFrom(0, 1, 2), (batch, m, n, k, shared) =>
        verify({ sizes: { batch: [batch], m, n, k }, a: layout(batch, m, k, shared === 1), b: layout(batch, k, n, shared === 2) }, n),
      ),
      { numRuns: 25 },
    );
  });

  run.each(largeSizes)("cuts long sums and large results into blocks: $m × $k × $n", (sizes) => {
    const { m, n, k } = sizes;
    orders.forEach((aOrder, i) => {
      const bOrder = orders[(i + 1) % orders.length]!;
      verify({ sizes: { batch: [], ...sizes }, a: dense(m, k, aOrder), b: dense(k, n, bOrder) }, 7);
    });
  });
});

describe("contract", () => {
  it("of two matrices worked by hand", () => {
    const sizes = { batch: [], m: 2, n: 2, k: 2 };
    const a = { buffer: testBuffer([1, 2, 3, 4]), offset: 0, strides: [2, 1] };
    const b = { buffer: testBuffer([5, 6, 7, 8]), offset: 0, strides: [2, 1] };
    const target = testTarget("float32");
    expect([...runLaunch(target, lowerContract(target, sizes, a, b))]).toEqual([19, 22, 43, 50]);
  });

  it("over no terms is zero", () => {
    const target = testTarget("float64");
    const empty = { buffer: testBuffer([]), offset: 0, strides: [0, 1] };
    expect([...runLaunch(target, lowerContract(target, { batch: [], m: 2, n: 3, k: 0 }, empty, empty))]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([
    { batch: [], m: 0, n: 0, k: 3 },
    { batch: [], m: 1, n: 0, k: 3 },
    { batch: [0], m: 0, n: 1, k: 0 },
    { batch: [2, 0], m: 3, n: 1, k: 2 },
  ])("may have no entries: $batch, $m × $k × $n", (sizes) => {
    const target = testTarget("float32");
    const empty = { buffer: testBuffer([]), offset: 0, strides: [...sizes.batch.map(() => 0), 1, 1] };
    expect(lowerContract(target, sizes, empty, empty).length).toBe(0);
  });

  it("keeps NaN and infinity where they belong, and only there", () => {
    const target = testTarget("float32");
    const [m, n, k] = [5, 7, 6];
    const a = { buffer: testBuffer(values(m * k, 1).map((x, i) => (i === 8 ? NaN : x))), offset: 0, strides: [k, 1] };
    const b = { buffer: testBuffer(values(k * n, 2).map((x, i) => (i === 3 ? Infinity : x))), offset: 0, strides: [n, 1] };
    const c = runLaunch(target, lowerContract(target, { batch: [], m, n, k }, a, b));
    c.forEach((x, i) => expect(Number.isFinite(x), `entry ${i}`).toBe(Math.floor(i / n) !== 1 && i % n !== 3));
  });
});
