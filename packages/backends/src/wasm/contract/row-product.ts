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
  when,
} from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { least } from "./bounds.js";
import { overMatrices } from "./over-matrices.js";
import type { Product } from "./product.js";

/** Whether `rowProduct` serves: one row, or few, times rows that lie whole, too many of them to stay in the caches. */
export function isRowProduct({ bytes }: Numbers, { m, n, k, b }: Product): boolean {
  const cache = m === 1 ? FIRST_CACHE : SECOND_CACHE;
  return m <= 4 && b.column === bytes && n * bytes >= 2 * CHUNK && n * k * bytes > cache;
}

/**
 * C = AB for few rows, in the order in which B lies in memory: C gains some rows of B at a time, a stretch of C that stays in the first-level cache.
 * @remarks Terms are added one after another: |error| ≤ k ε Σ|a||b|, whatever the number of threads.
 */
export function rowProduct({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const { m, n, k, a, b } = product;
  const { lanes, bytes } = numbers;
  const together = Math.floor(PRODUCTS / m);
  const gain = (rows: number, adds: boolean): WasmFunction => gainRows(module, numbers, product, rows, adds);
  const groups = Math.floor(k / together);
  const [begin, whole, rest] = [
    gain(Math.min(k, together), false),
    gain(together, true),
    k % together > 0 && groups > 0 ? gain(k % together, true) : undefined,
  ];
  const wholeBytes = Math.floor(n / lanes) * 16;
  const tail = n % lanes > 0 ? tailColumns(module, numbers, product) : undefined;
  const job = module.func(new Array<"i32">(5).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, at, end] = params as [Local, Local, Local, Local, Local];
    const [s, stop, size, qb] = [local("i32"), local("i32"), local("i32"), local("i32")];
    const call = (f: WasmFunction): Code => f(i32.add(pa, i32.mul(s, a.step)), i32.add(qb, i32.mul(s, b.step)), i32.add(pc, at), size);
    const stretch = sequence(
      set(size, i32.sub(least(stop, i32.add(at, STRETCH)), at)),
      set(qb, i32.add(pb, at)),
      set(s, 0),
      call(begin),
      forRange(s, together, groups * together, together, call(whole)),
      rest ? call(rest) : [],
    );
    return sequence(
      set(stop, least(end, wholeBytes)),
      forRange(at, at, stop, STRETCH, stretch),
      tail ? when(i32.gtS(end, wholeBytes), tail(pa, i32.add(pb, wholeBytes), i32.add(pc, wholeBytes))) : [],
    );
  });
  const phase = overMatrices(module, numbers, product, Math.ceil((n * bytes) / CHUNK), (pa, pb, pc, _own, first, end) =>
    job(pa, pb, pc, i32.mul(first, CHUNK), i32.mul(end, CHUNK)),
  );
  return { module, phases: [phase], sharedBytes: 0, ownBytes: 0 };
}

/** Factors from A that are held in registers: rows of A times rows of B that are read at once. */
const PRODUCTS = 8;
/** Bytes of a row of C between two threads' shares, and of one that is worked on together. */
const CHUNK = 256;
const STRETCH = 8192;
const FIRST_CACHE = 32 * 1024;
const SECOND_CACHE = 1024 * 1024;

/** (a, b, c, bytes): C[i, :] (+)= Σ_r A[i, r] B[r, :] over so many bytes of each row. */
function gainRows(
  module: WasmModule,
  { vector, madd, bytes }: Numbers,
  { m, n, a, b }: Product,
  rows: number,
  adds: boolean,
): WasmFunction {
  return module.func(["i32", "i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc, size] = params as [Local, Local, Local, Local];
    const factors = Array.from({ length: m }, () => Array.from({ length: rows }, () => local("v128")));
    const lines = Array.from({ length: rows }, () => local("i32"));
    const [sums, line, t] = [Array.from({ length: m }, () => local("v128")), local("v128"), local("i32")];
    const place = (i: number): Code => i32.add(pc, i32.add(t, i * n * bytes));
    const terms = lines.map((address, r) =>
      sequence(
        set(line, vector.load(i32.add(address, t))),
        ...sums.map((sum, i) => set(sum, r === 0 && !adds ? vector.mul(factors[i]![r]!, line) : madd(factors[i]![r]!, line, sum))),
      ),
    );
    const starts = adds ? sums.map((sum, i) => set(sum, vector.load(place(i)))) : [];
    const stores = sums.map((sum, i) => vector.store(place(i), sum));
    return sequence(
      ...factors.flatMap((row, i) => row.map((factor, r) => set(factor, vector.loadSplat(i32.add(pa, i * a.row + r * a.step))))),
      ...lines.map((address, r) => set(address, i32.add(pb, r * b.step))),
      forRange(t, 0, size, 16, sequence(...starts, ...terms, ...stores)),
    );
  });
}

/** (a, b, c): the last columns, fewer than a vector holds. */
function tailColumns(module: WasmModule, { vector, lanes, bytes, madd }: Numbers, { m, n, k, a, b }: Product): WasmFunction {
  return module.func(["i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc] = params as [Local, Local, Local];
    const [sums, line, t] = [Array.from({ length: m }, () => local("v128")), local("v128"), local("i32")];
    const term = sequence(
      set(line, vector.load(pb)),
      ...sums.map((sum, i) => set(sum, madd(vector.loadSplat(i32.add(pa, i * a.row)), line, sum))),
      advance(pa, a.step),
      advance(pb, b.step),
    );
    const stores = sums.flatMap((sum, i) =>
      Array.from({ length: n % lanes }, (_, lane) => vector.storeLane(pc, sum, lane, (i * n + lane) * bytes)),
    );
    return sequence(forRange(t, 0, k, 1, term), ...stores);
  });
}
