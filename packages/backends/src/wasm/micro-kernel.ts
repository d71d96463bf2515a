import {
  advance,
  block,
  branchIf,
  type Code,
  i32,
  type Local,
  loop,
  sequence,
  set,
  tee,
  type WasmFunction,
  type WasmModule,
  when,
} from "./encoder/index.js";
import type { Numbers } from "./numbers.js";

/** Steps in bytes. Rows of C are rows of A; columns of C are columns of B, in vectors. */
export interface MicroKernelOptions {
  /** Rows and vectors of the tile of C that is held in registers. */
  readonly rows: number;
  readonly vectors: number;
  /** From a row of A to the next, and from one k to the next. */
  readonly aRow: number;
  readonly aStep: number;
  /** In B, from one k to the next. */
  readonly bStep: number;
  /** From a row of C to the next. */
  readonly cRow: number;
  /** How many k one segment has; `"given"` takes it as a parameter, which must then be a positive multiple of `unroll`. */
  readonly run: number | "given";
  /** Whether C is overwritten, added to, or either as a parameter says (0 adds). */
  readonly begin: "zero" | "load" | "given";
  /** Lanes of the last vector that are columns of C; the others are not stored. Default all. */
  readonly lastLanes?: number;
  /** k done in one turn of the loop; default 4. */
  readonly unroll?: number;
  /** Rows between two fences; default all rows without relaxed SIMD. */
  readonly fenceEvery?: number;
}

/**
 * C[i, j] (+)= Σ_s Σ_k A[i·aRow + k·aStep + s·aSegment] · B[j + k·bStep + s·bSegment]: the one loop that matrix products and convolutions come down to.
 * Parameters: a, b, c, aSegment, bSegment, segments (≥ 1), then `run` where it is given, then `begin` where it is given.
 * @remarks V8 hoists all loads of a basic block to its top, which spills; a branch that is never taken, each with a condition of its own, ends the block
 * (addresses are never small numbers). It unrolls only loops inside two others, hence the two that turn once. `a & −4` tells it that an address needs
 * no extension to 64 bits.
 */
export function microKernel(module: WasmModule, numbers: Numbers, options: MicroKernelOptions): WasmFunction {
  const { rows, vectors, run, begin, unroll = 4 } = options;
  const numParams = 6 + (run === "given" ? 1 : 0) + (begin === "given" ? 1 : 0);
  return module.func(new Array<"i32">(numParams).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, aSegment, bSegment, segments] = params as [Local, Local, Local, Local, Local, Local];
    const runParam = run === "given" ? params[6]! : undefined;
    const [qa, qb, end, splat] = [local("i32"), local("i32"), local("i32"), local("v128")];
    const columns = Array.from({ length: vectors }, () => local("v128"));
    const tile = Array.from({ length: rows }, () => Array.from({ length: vectors }, () => local("v128")));
    const fence = fences(pc);
    const step = (u: number, exit: number): Code => stepCode(numbers, options, { qa, qb, splat, columns, tile }, u, () => fence(exit));
    const steps = (count: number, exit: number): Code => sequence(...Array.from({ length: count }, (_, u) => step(u, exit)));
    const turn = (exit: number): Code =>
      sequence(steps(unroll, exit), advance(qa, unroll * options.aStep), advance(qb, unroll * options.bStep));
    const turns = run === "given" ? 2 : Math.floor(run / unroll);
    const rest = run === "given" ? 0 : run % unroll;
    const until = i32.add(qb, runParam ? i32.mul(runParam, options.bStep) : turns * unroll * options.bStep);
    const segment = sequence(
      set(qa, pa),
      set(qb, pb),
      // Depths: block 4, two loops that turn once, the segments' loop, this loop.
      turns > 1 ? sequence(set(end, until), loop(sequence(turn(4), branchIf(0, i32.ltU(qb, end))))) : turns === 1 ? turn(3) : [],
      steps(rest, 3),
      advance(pa, aSegment),
      advance(pb, bSegment),
      branchIf(0, decrement(segments)),
    );
    const access = tileAccess(numbers, options, pc, tile);
    return sequence(
      ...[pa, pb, pc].map((address) => set(address, i32.and(address, -4))),
      begin === "load" ? access.load : begin === "given" ? when(i32.eqz(params.at(-1)!), access.load) : [],
      block(loop(sequence(loop(sequence(loop(segment), branchIf(0, i32.eq(pc, 1)))), branchIf(0, i32.eq(pc, 2))))),
      access.store,
    );
  });
}

interface Registers {
  readonly qa: Local;
  readonly qb: Local;
  readonly splat: Local;
  readonly columns: readonly Local[];
  readonly tile: readonly (readonly Local[])[];
}

/** One k: every entry of the tile gains a product. */
function stepCode(numbers: Numbers, options: MicroKernelOptions, registers: Registers, u: number, fence: () => Code): Code {
  const { vector, madd } = numbers;
  const { qa, qb, splat, columns, tile } = registers;
  const every = options.fenceEvery ?? tile.length;
  return sequence(
    ...columns.map((column, j) => set(column, vector.load(qb, u * options.bStep + 16 * j))),
    ...tile.map((row, i) =>
      sequence(
        set(splat, vector.loadSplat(qa, i * options.aRow + u * options.aStep)),
        ...row.map((entry, j) => set(entry, madd(splat, columns[j]!, entry))),
        (i + 1) % every === 0 || i === tile.length - 1 ? fence() : [],
      ),
    ),
  );
}

/** Branches that are never taken, each with a condition of its own. */
function fences(address: Local): (depth: number) => Code {
  let count = 2;
  return (depth) => branchIf(depth, i32.eq(address, ++count));
}

function decrement(count: Local): Code {
  return tee(count, i32.sub(count, 1));
}

function tileAccess(
  { vector, lanes, bytes }: Numbers,
  { cRow, lastLanes = lanes }: MicroKernelOptions,
  pc: Local,
  tile: Registers["tile"],
) {
  const load = tile.flatMap((row, i) => row.map((entry, j) => set(entry, vector.load(pc, i * cRow + 16 * j))));
  const store = tile.flatMap((row, i) =>
    row.flatMap((entry, j) => {
      const at = i * cRow + 16 * j;
      if (j < row.length - 1 || lastLanes === lanes) return [vector.store(pc, entry, at)];
      return Array.from({ length: lastLanes }, (_, lane) => vector.storeLane(pc, entry, lane, at + lane * bytes));
    }),
  );
  return { load: sequence(...load), store: sequence(...store) };
}
