import {
  advance,
  block,
  branchIf,
  type Code,
  i8x16,
  i32,
  type Local,
  loop,
  type Operand,
  sequence,
  set,
  tee,
  v128,
  type WasmFunction,
  type WasmModule,
  when,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Steps in bytes. */
export interface LaneKernelOptions {
  /** Rows and columns of vectors that are held in registers. */
  readonly rows: number;
  readonly columns: number;
  readonly aRow: number;
  /** From the vector of A for one column to the next; 0 where all columns share it. */
  readonly aColumn: number;
  /** Lanes of all columns in order, counted through, in which A has the same number; default 1. A's columns then lie closer, `aColumn` is not used. */
  readonly spread?: number;
  readonly aStep: number;
  readonly bColumn: number;
  readonly bStep: number;
  readonly cRow: number;
  readonly cColumn: number;
  /** Vectors in one segment. */
  readonly run: number;
  /** C is overwritten, added to, or either as a parameter says (0 adds). */
  readonly begin: "zero" | "load" | "given";
  /** Whether C gets the vectors, the sum over each vector's lanes as one number, or sums over each `gather` of all columns' lanes in order. */
  readonly finish: "vectors" | "sum" | "gather";
  readonly gather?: number;
  /** With `vectors` and `gather`: lanes of the last column that count. Default all. */
  readonly lastLanes?: number;
  /** With `sum`: lanes of the last vector of a segment that count; nothing else of it is used. Default all. */
  readonly tailLanes?: number;
}

/**
 * C[i, j] (+)= Σ_s Σ_k A[i·aRow + j·aColumn + k·aStep + s·aSegment] ∘ B[j·bColumn + k·bStep + s·bSegment], vector by vector: the loop of depthwise
 * convolutions, and with lanes summed at the end that of convolutions to one or two channels.
 * Parameters as of `microKernel`: a, b, c, aSegment, bSegment, segments (≥ 1), then `begin` where it is given.
 */
export function laneKernel(module: WasmModule, numbers: Numbers, options: LaneKernelOptions): WasmFunction {
  const { rows, columns, run, begin, aStep, bStep, tailLanes = numbers.lanes } = options;
  const isMasked = tailLanes < numbers.lanes;
  const numParams = begin === "given" ? 7 : 6;
  return module.func(new Array<"i32">(numParams).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, aSegment, bSegment, segments] = params as [Local, Local, Local, Local, Local, Local];
    const [qa, qb, end, row] = [local("i32"), local("i32"), local("i32"), local("v128")];
    const b = Array.from({ length: columns }, () => local("v128"));
    const tile = Array.from({ length: rows }, () => Array.from({ length: columns }, () => local("v128")));
    let fences = 2;
    // Ends the basic block, so that the loads of the next step stay there; see `microKernel`.
    const fence = (depth: number): Code => branchIf(depth, i32.eq(pc, ++fences));
    const step = (u: number, masked: boolean): Code => stepCode(numbers, options, { qa, qb, row, b, tile }, u, masked);
    const whole = isMasked ? run - 1 : run;
    const unroll = Math.max(1, Math.min(4, whole));
    const turns = Math.floor(whole / unroll);
    const turn = (exit: number): Code => [
      ...Array.from({ length: unroll }, (_, u) => [...step(u, false), ...fence(exit)]).flat(),
      ...advance(qa, unroll * aStep),
      ...advance(qb, unroll * bStep),
    ];
    const rest = Array.from({ length: run - turns * unroll }, (_, u) => [
      ...step(u, isMasked && turns * unroll + u === run - 1),
      ...fence(3),
    ]).flat();
    const segment = sequence(
      set(qa, pa),
      set(qb, pb),
      turns > 1
        ? sequence(set(end, i32.add(qb, turns * unroll * bStep)), loop([...turn(4), ...branchIf(0, i32.ltU(qb, end))]))
        : turns === 1
          ? turn(3)
          : [],
      rest,
      advance(pa, aSegment),
      advance(pb, bSegment),
      branchIf(0, tee(segments, i32.sub(segments, 1))),
    );
    const adds = (code: (add: boolean) => Code): Code =>
      begin === "given" ? when(params.at(-1)!, code(false), code(true)) : code(begin === "load");
    const { load, store, storeSums } = tileAccess(numbers, options, pc, tile);
    return sequence(
      ...[pa, pb, pc].map((address) => set(address, i32.and(address, -4))),
      options.finish === "vectors" ? adds((add) => (add ? load : [])) : [],
      block(loop([...loop([...loop(segment), ...branchIf(0, i32.eq(pc, 1))]), ...branchIf(0, i32.eq(pc, 2))])),
      options.finish === "vectors" ? store : adds(storeSums),
    );
  });
}

interface Registers {
  readonly qa: Local;
  readonly qb: Local;
  readonly row: Local;
  readonly b: readonly Local[];
  readonly tile: readonly (readonly Local[])[];
}

function stepCode(
  numbers: Numbers,
  { aRow, aColumn, aStep, bColumn, bStep, spread = 1, tailLanes = numbers.lanes }: LaneKernelOptions,
  { qa, qb, row, b, tile }: Registers,
  u: number,
  masked: boolean,
): Code {
  const { vector, madd, bytes } = numbers;
  const mask = v128.constant(Array.from({ length: 16 }, (_, byte) => (byte < tailLanes * bytes ? 0xff : 0)));
  // Both are masked: what lies behind the segment may be anything, also NaN.
  const load = (address: Operand, at: number): Code => (masked ? v128.and(vector.load(address, at), mask) : vector.load(address, at));
  return sequence(
    ...b.map((column, j) => set(column, load(qb, j * bColumn + u * bStep))),
    ...tile.map((entries, i) => {
      const at = i * aRow + u * aStep;
      return aColumn === 0
        ? sequence(set(row, load(qa, at)), ...entries.map((entry, j) => set(entry, madd(row, b[j]!, entry))))
        : entries.flatMap((entry, j) =>
            set(entry, madd(spread > 1 ? spreadLoad(numbers, spread, qa, at, j) : load(qa, at + j * aColumn), b[j]!, entry)),
          );
    }),
  );
}

/** Column `j` of numbers that each stand for `spread` lanes. */
function spreadLoad({ vector, lanes, bytes }: Numbers, spread: number, address: Local, at: number, j: number): Code {
  const first = Math.floor((j * lanes) / spread);
  const pattern = Array.from({ length: 16 }, (_, byte) => {
    const lane = Math.floor((j * lanes + Math.floor(byte / bytes)) / spread) - first;
    return lane * bytes + (byte % bytes);
  });
  const whole = vector.load(address, at + first * bytes);
  return i8x16.shuffle(whole, v128.constant(new Array<number>(16).fill(0)), pattern);
}

function tileAccess(
  { vector, scalar, lanes, bytes }: Numbers,
  { cRow, cColumn, columns, gather = 1, lastLanes = lanes }: LaneKernelOptions,
  pc: Local,
  tile: Registers["tile"],
) {
  const entries = tile.flatMap((row, i) => row.map((entry, j) => ({ entry, at: i * cRow + j * cColumn, isLast: j === columns - 1 })));
  const load = entries.flatMap(({ entry, at }) => set(entry, vector.load(pc, at)));
  const store = entries.flatMap(({ entry, at, isLast }) =>
    isLast && lastLanes < lanes
      ? Array.from({ length: lastLanes }, (_, lane) => vector.storeLane(pc, entry, lane, at + lane * bytes)).flat()
      : vector.store(pc, entry, at),
  );
  const sum = (entry: Local): Code => {
    const parts = Array.from({ length: lanes }, (_, lane) => vector.extractLane(entry, lane));
    const pair = (i: number): Code => scalar.add(parts[i]!, parts[i + 1]!);
    return lanes === 4 ? scalar.add(pair(0), pair(2)) : pair(0);
  };
  const storeSums = (add: boolean): Code =>
    entries.flatMap(({ entry, at }) => scalar.store(pc, add ? scalar.add(scalar.load(pc, at), sum(entry)) : sum(entry), at));
  const gathered = (columns - 1) * lanes + lastLanes;
  const storeGathered = (add: boolean): Code =>
    tile.flatMap((row, i) =>
      Array.from({ length: gathered / gather }, (_, c) => {
        const parts = Array.from({ length: gather }, (_, part) => c * gather + part);
        const total = parts
          .map((lane) => vector.extractLane(row[Math.floor(lane / lanes)]!, lane % lanes))
          .reduce((sum, part) => scalar.add(sum, part));
        const at = i * cRow + c * bytes;
        return scalar.store(pc, add ? scalar.add(scalar.load(pc, at), total) : total, at);
      }).flat(),
    );
  return { load, store, storeSums: gather > 1 ? storeGathered : storeSums };
}
