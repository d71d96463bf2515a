import {
  advance,
  type Code,
  forRange,
  i32,
  type Local,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  wasmModule,
} from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { least } from "./bounds.js";
import { overMatrices } from "./over-matrices.js";
import type { BatchAxis, Product } from "./product.js";
import { transposed } from "./transposed.js";

/** Whether `acrossBatch` serves: small matrices of which neighbours in memory belong to neighbours in the batch. */
export function isAcrossBatch({ bytes, lanes }: Numbers, { batch, m, n }: Product): boolean {
  const inner = batch.at(-1);
  if (inner === undefined || inner.size < lanes || m * n > 1024) return false;
  return [inner.a, inner.b].every((stride) => stride === bytes || stride === 0);
}

/**
 * C = AB for as many matrices of the batch at once as a vector has lanes. The last of them overlap those before, which get the same numbers again.
 * @remarks |error| ≤ k ε Σ|a||b|, whatever the number of threads.
 */
export function acrossBatch({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const { lanes, bytes } = numbers;
  const { batch, m, n, a, b } = product;
  const inner = batch.at(-1)!;
  const tile = { rows: Math.min(m, 2), columns: Math.min(n, 4) };
  const tiles = (rows: number, columns: number): WasmFunction => batchTile(module, numbers, product, inner, rows, columns);
  const [restRows, restColumns] = [m % tile.rows, n % tile.columns];
  const bands = (columns: number) => ({
    whole: tiles(tile.rows, columns),
    rest: restRows > 0 ? tiles(restRows, columns) : undefined,
  });
  const [wide, narrow] = [bands(tile.columns), restColumns > 0 ? bands(restColumns) : undefined];
  const job = module.func(new Array<"i32">(5).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, group, end] = params as [Local, Local, Local, Local, Local];
    const [start, i, j, qa, qb, qc] = Array.from({ length: 6 }, () => local("i32")) as [Local, Local, Local, Local, Local, Local];
    const at = (f: WasmFunction): Code => f(i32.add(qa, i32.mul(i, a.row)), qb, i32.add(qc, i32.mul(i, n * bytes)));
    const band = ({ whole, rest }: ReturnType<typeof bands>): Code =>
      sequence(forRange(i, 0, m - restRows, tile.rows, at(whole)), rest ? sequence(set(i, m - restRows), at(rest)) : []);
    const nextColumns = sequence(advance(qb, tile.columns * b.column), advance(qc, tile.columns * bytes));
    const matrices = sequence(
      set(start, least(i32.mul(group, lanes), inner.size - lanes)),
      set(qa, i32.add(pa, i32.mul(start, inner.a))),
      set(qb, i32.add(pb, i32.mul(start, inner.b))),
      set(qc, i32.add(pc, i32.mul(start, m * n * bytes))),
      forRange(j, 0, n - restColumns, tile.columns, sequence(band(wide), nextColumns)),
      narrow ? band(narrow) : [],
    );
    return forRange(group, group, end, 1, matrices);
  });
  // To the loop over matrices, the inner batch axis is more rows of the result.
  const outer: Product = { ...product, batch: batch.slice(0, -1), m: inner.size * m };
  const phase = overMatrices(module, numbers, outer, Math.ceil(inner.size / lanes), (pa, pb, pc, _own, first, end) =>
    job(pa, pb, pc, first, end),
  );
  return { module, phases: [phase], sharedBytes: 0, ownBytes: 0 };
}

/** (a, b, c): rows × columns entries of each of a vector of matrices. */
function batchTile(module: WasmModule, numbers: Numbers, product: Product, inner: BatchAxis, rows: number, columns: number): WasmFunction {
  const { vector, madd, lanes, bytes } = numbers;
  const { m, n, k, a, b } = product;
  const [loadA, loadB] = [inner.a, inner.b].map((stride) => (stride === 0 ? vector.loadSplat : vector.load)) as [
    typeof vector.load,
    typeof vector.load,
  ];
  return module.func(["i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc] = params as [Local, Local, Local];
    const [t, left] = [local("i32"), local("v128")];
    const line = Array.from({ length: columns }, () => local("v128"));
    const sums = Array.from({ length: rows }, () => Array.from({ length: columns }, () => local("v128")));
    const terms = sums.map((row, i) =>
      sequence(set(left, loadA(i32.add(pa, i * a.row))), ...row.map((sum, j) => set(sum, madd(left, line[j]!, sum)))),
    );
    const step = sequence(
      ...line.map((x, j) => set(x, loadB(i32.add(pb, j * b.column)))),
      ...terms,
      advance(pa, a.step),
      advance(pb, b.step),
    );
    const stores = sums.map((row, i) => {
      const place = (lane: number): number => (lane * m * n + i * n) * bytes;
      if (columns % lanes === 0) {
        const squares = Array.from({ length: columns / lanes }, (_, v) => transposed(numbers, row.slice(v * lanes, (v + 1) * lanes)));
        return sequence(...squares.flatMap((square, v) => square.map((entries, lane) => vector.store(pc, entries, place(lane) + 16 * v))));
      }
      const lanesOf = (sum: Local, j: number): Code[] =>
        Array.from({ length: lanes }, (_, lane) => vector.storeLane(pc, sum, lane, place(lane) + j * bytes));
      return sequence(...row.flatMap(lanesOf));
    });
    return sequence(...sums.flat().map((sum) => set(sum, vector.splat(0))), forRange(t, 0, k, 1, step), ...stores);
  });
}
