import {
  advance,
  type Code,
  forRange,
  i32,
  type Local,
  sequence,
  set,
  v128,
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
import { shuffle } from "./transposed.js";

/** Whether `dotProduct` serves: few rows, and both factors lie along the sum, which is long enough to fill vectors. */
export function isDotProduct({ bytes, lanes }: Numbers, { m, k, a, b }: Product): boolean {
  return m <= 2 && k >= 2 * lanes && a.step === bytes && b.step === bytes;
}

/**
 * C = AB where rows of A and columns of B lie along memory: vectors of partial sums, four columns at a time.
 * @remarks Each entry is 4 or 2 interleaved sums for each vector kept, so |error| ≤ (k/lanes + 12) ε Σ|a||b|, whatever the number of threads.
 */
export function dotProduct({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const { n, b } = product;
  const { bytes } = numbers;
  const groups = Math.floor(n / COLUMNS);
  const wide = groups > 0 ? dots(module, numbers, product, COLUMNS) : undefined;
  const narrow = n % COLUMNS > 0 ? dots(module, numbers, product, n % COLUMNS) : undefined;
  const job = module.func(new Array<"i32">(5).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, first, end] = params as [Local, Local, Local, Local, Local];
    const [j, stop] = [local("i32"), local("i32")];
    const advanced = sequence(advance(pb, COLUMNS * b.column), advance(pc, COLUMNS * bytes));
    return sequence(
      set(pb, i32.add(pb, i32.mul(first, COLUMNS * b.column))),
      set(pc, i32.add(pc, i32.mul(first, COLUMNS * bytes))),
      set(stop, least(end, groups)),
      wide ? forRange(j, first, stop, 1, sequence(wide(pa, pb, pc), advanced)) : [],
      narrow ? when(i32.gtS(end, groups), narrow(pa, pb, pc)) : [],
    );
  });
  const phase = overMatrices(module, numbers, product, Math.ceil(n / COLUMNS), (pa, pb, pc, _own, first, end) =>
    job(pa, pb, pc, first, end),
  );
  return { module, phases: [phase], sharedBytes: 0, ownBytes: 0 };
}

const COLUMNS = 4;

/** (a, b, c): all rows by so many columns. */
function dots(module: WasmModule, numbers: Numbers, { m, n, k, a, b }: Product, columns: number): WasmFunction {
  const { vector, lanes, bytes, madd } = numbers;
  const chains = Math.max(1, Math.floor(8 / (m * columns)));
  const grid = <T>(entry: (i: number, j: number) => T): T[][] =>
    Array.from({ length: m }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i, j)));
  return module.func(["i32", "i32", "i32"], [], (params, { local }) => {
    const [pa, pb, pc] = params as [Local, Local, Local];
    const [t, column] = [local("i32"), local("v128")];
    const rowLines = Array.from({ length: m }, () => local("i32"));
    const columnLines = Array.from({ length: columns }, () => local("i32"));
    const rows = Array.from({ length: m }, () => local("v128"));
    const sums = Array.from({ length: chains }, () => grid(() => local("v128")));
    const mask = (x: Code, count: number): Code => (count === lanes ? x : v128.and(x, laneMask(numbers, count)));
    const step = (chain: number, at: number, count: number = lanes): Code =>
      sequence(
        ...rows.map((row, i) => set(row, mask(vector.load(i32.add(rowLines[i]!, t), at), count))),
        ...columnLines.map((line, j) =>
          sequence(
            set(column, mask(vector.load(i32.add(line, t), at), count)),
            ...rows.map((row, i) => set(sums[chain]![i]![j]!, madd(row, column, sums[chain]![i]![j]!))),
          ),
        ),
      );
    const turn = 16 * chains;
    const turns = Math.floor((k * bytes) / turn) * turn;
    const rest = k - turns / bytes;
    const restSteps = Array.from({ length: Math.ceil(rest / lanes) }, (_, c) => step(c, 16 * c, Math.min(lanes, rest - c * lanes)));
    const joined = grid((i, j) => sums.slice(1).map((chain) => set(sums[0]![i]![j]!, vector.add(sums[0]![i]![j]!, chain[i]![j]!)))).flat(3);
    return sequence(
      ...rowLines.map((line, i) => set(line, i32.add(pa, i * a.row))),
      ...columnLines.map((line, j) => set(line, i32.add(pb, j * b.column))),
      forRange(t, 0, turns, turn, Array.from({ length: chains }, (_, c) => step(c, 16 * c)).flat()),
      set(t, turns),
      ...restSteps,
      joined,
      ...sums[0]!.map((row, i) => storeSums(numbers, row, pc, column, i * n * bytes)),
    );
  });
}

/** All bits of the first `count` lanes. */
function laneMask({ bytes }: Numbers, count: number): Code {
  return v128.constant(Array.from({ length: 16 }, (_, byte) => (byte < count * bytes ? 0xff : 0)));
}

/** The sums of the lanes of each vector, stored one after another. */
function storeSums({ vector, lanes, bytes }: Numbers, sums: readonly Local[], pc: Local, result: Local, at: number): Code {
  const pairs = (x: Local | Code, y: Local | Code, low: readonly number[], high: readonly number[]): Code =>
    vector.add(shuffle(lanes, x, y, low), shuffle(lanes, x, y, high));
  return Array.from({ length: Math.ceil(sums.length / lanes) }, (_, v) => {
    const taken = sums.slice(v * lanes, (v + 1) * lanes);
    const [w, x, y, z] = Array.from({ length: 4 }, (_, i) => taken[i] ?? taken[0]!) as [Local, Local, Local, Local];
    const total =
      lanes === 2
        ? pairs(w, x, [0, 2], [1, 3])
        : sequence(
            set(result, pairs(w, x, [0, 4, 1, 5], [2, 6, 3, 7])),
            set(y, pairs(y, z, [0, 4, 1, 5], [2, 6, 3, 7])),
            pairs(result, y, [0, 1, 4, 5], [2, 3, 6, 7]),
          );
    const stores =
      taken.length === lanes
        ? vector.store(pc, result, at + 16 * v)
        : taken.flatMap((_, lane) => vector.storeLane(pc, result, lane, at + (v * lanes + lane) * bytes));
    return sequence(set(result, total), stores);
  }).flat();
}
