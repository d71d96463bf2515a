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

/** Whether `rowProduct` serves: one row times rows that lie whole, too many of them to stay in the caches. */
export function isRowProduct({ bytes }: Numbers, { m, n, k, b }: Product): boolean {
  return m === 1 && b.column === bytes && n * bytes >= 2 * CHUNK && n * k * bytes > 32 * 1024;
}

/**
 * c = aB for one row a, in the order in which B lies in memory: c gains eight rows of B at a time, a stretch of c that stays in the first-level cache.
 * @remarks Terms are added one after another: |error| ≤ k ε Σ|a||b|, whatever the number of threads.
 */
export function rowProduct({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const { n, k, a, b } = product;
  const { lanes, bytes } = numbers;
  const gain = (rows: number, adds: boolean): WasmFunction => gainRows(module, numbers, product, rows, adds);
  const groups = Math.floor(k / ROWS);
  const [begin, whole, rest] = [
    gain(Math.min(k, ROWS), false),
    gain(ROWS, true),
    k % ROWS > 0 && groups > 0 ? gain(k % ROWS, true) : undefined,
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
      forRange(s, ROWS, groups * ROWS, ROWS, call(whole)),
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

/** Rows of B that are read at once, bytes of c between two threads' shares, and bytes of c that are worked on together. */
const ROWS = 8;
const CHUNK = 256;
const STRETCH = 8192;

/** (a, b, c, bytes): c (+)= Σ_r a[r] b[r, :] over so many bytes of each row. */
function gainRows(module: WasmModule, { vector, madd }: Numbers, { a, b }: Product, rows: number, adds: boolean): WasmFunction {
  return module.func(["i32", "i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc, size] = params as [Local, Local, Local, Local];
    const factors = Array.from({ length: rows }, () => local("v128"));
    const [lines, sum, t] = [Array.from({ length: rows }, () => local("i32")), local("v128"), local("i32")];
    const sums = lines.map((line, r): Code => {
      const entry = vector.load(i32.add(line, t));
      return set(sum, r === 0 && !adds ? vector.mul(factors[0]!, entry) : madd(factors[r]!, entry, sum));
    });
    return sequence(
      ...factors.map((factor, r) => set(factor, vector.loadSplat(i32.add(pa, r * a.step)))),
      ...lines.map((line, r) => set(line, i32.add(pb, r * b.step))),
      forRange(t, 0, size, 16, sequence(adds ? set(sum, vector.load(i32.add(pc, t))) : [], ...sums, vector.store(i32.add(pc, t), sum))),
    );
  });
}

/** (a, b, c): the last columns, fewer than a vector holds. */
function tailColumns(module: WasmModule, { vector, lanes, bytes, madd }: Numbers, { a, b, n, k }: Product): WasmFunction {
  return module.func(["i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc] = params as [Local, Local, Local];
    const [sum, t] = [local("v128"), local("i32")];
    const term = sequence(set(sum, madd(vector.loadSplat(pa), vector.load(pb), sum)), advance(pa, a.step), advance(pb, b.step));
    const stores = Array.from({ length: n % lanes }, (_, lane) => vector.storeLane(pc, sum, lane, lane * bytes));
    return sequence(forRange(t, 0, k, 1, term), ...stores);
  });
}
