import { setFlagsFromString } from "node:v8";
import { expect } from "vitest";
import type { MatmulSizes, Precision } from "../../src/backend.js";
import type { Layout } from "../../src/laws/layout.js";
import { count, indicesOf, strided } from "../../src/laws/multi-index.js";
import { values } from "../../src/laws/values.js";
import { lowerContract } from "../../src/wasm/lower-contract.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Node 20 has relaxed SIMD behind this flag; engines that know no such flag ignore it.
setFlagsFromString("--experimental-wasm-relaxed-simd");

/** A module whose only function is one relaxed multiply-add. */
const probe = "0061736d0100000001080160037b7b7b017b030201000a0d010b00200020012002fd85020b";

/** Whether this engine runs relaxed SIMD; tests of it skip themselves where not. */
export const hasRelaxed = WebAssembly.validate(Uint8Array.from(probe.match(/../g)!, (byte) => Number.parseInt(byte, 16)));

export interface ContractCase {
  readonly sizes: MatmulSizes;
  readonly a: Layout;
  readonly b: Layout;
}

/** How a matrix lies: rows whole, columns whole, both backwards, or every other entry of rows. */
export type Order = "rows" | "columns" | "backwards" | "spread";
export const orders: readonly Order[] = ["rows", "columns", "backwards", "spread"];

/** A rows × columns matrix that lies as `order` says, in a buffer that ends with it. */
export function dense(rows: number, columns: number, order: Order): Layout {
  const length = rows * columns;
  if (order === "columns") return { length, offset: 0, strides: [1, rows] };
  if (order === "backwards") return { length, offset: length - 1, strides: [-columns, -1] };
  if (order === "spread") return { length: 2 * length, offset: 1, strides: [2 * columns, 2] };
  return { length, offset: 0, strides: [columns, 1] };
}

/**
 * Holds the product against the obvious loop, to k ε Σ|a b| (Higham, Accuracy and Stability, 3.1) and the rounding of the result;
 * cut into three parts it must be the same to the last bit.
 */
export function verifyContract(precision: Precision, relaxed: boolean, { sizes, a, b }: ContractCase, seed: number): void {
  const round = precision === "float32" ? Math.fround : (x: number) => x;
  const [as, bs] = [values(a.length, seed).map(round), values(b.length, seed + 1).map(round)];
  const [left, right] = [
    { buffer: testBuffer(as), offset: a.offset, strides: a.strides },
    { buffer: testBuffer(bs), offset: b.offset, strides: b.strides },
  ];
  const [one, three] = [1, 3].map((threads) => {
    const target = testTarget(precision, threads, relaxed);
    return runLaunch(target, lowerContract(target, sizes, left, right));
  });
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;
  const what = JSON.stringify({ sizes, a, b });
  let place = 0;
  const { batch, m, n, k } = sizes;
  expect(one!.length, what).toBe(count([...batch, m, n]));
  expect(three, `${what} in three parts`).toEqual(one);
  for (const index of indicesOf(batch)) {
    for (let i = 0; i < m; i++) {
      const aStart = strided(a.offset, a.strides, [...index, i, 0]);
      for (let j = 0; j < n; j++, place++) {
        const bStart = strided(b.offset, b.strides, [...index, 0, j]);
        let [sum, magnitude] = [0, 0];
        for (let t = 0; t < k; t++) {
          const term = as[aStart + t * a.strides.at(-1)!]! * bs[bStart + t * b.strides.at(-2)!]!;
          sum += term;
          magnitude += Math.abs(term);
        }
        const error = Math.abs(one![place]! - sum);
        if (!(error <= (k + 1) * epsilon * magnitude)) expect.fail(`${what}: entry ${place} is ${one![place]}, not ${sum}`);
      }
    }
  }
}
