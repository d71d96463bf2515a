import {
  advance,
  block,
  branch,
  branchIf,
  type Code,
  forRange,
  i32,
  type Local,
  loop,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  wasmModule,
  when,
} from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { microKernel } from "../micro-kernel.js";
import type { Numbers } from "../numbers.js";
import { batchOffset, numProducts } from "./batch.js";
import { type Blocks, blocksOf } from "./blocks.js";
import { least } from "./bounds.js";
import { leftLayout, packLeft } from "./pack-left.js";
import { packRight, rightLayout } from "./pack-right.js";
import type { Product } from "./product.js";

/**
 * C = AB in tiles that stay in registers, with both factors copied into blocks that stay in the caches, or read in place where that is as good
 * (Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008). Threads share out the batch, the columns or the rows.
 * @remarks The sum over k is taken in runs of some 256 terms, one after another: |error| ≤ k ε Σ|a||b|, whatever the number of threads.
 */
export function blockedProduct({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const blocks = blocksOf(numbers, product);
  const { rowTiles, panels } = blocks;
  const job = jobFunction(module, numbers, product, blocks);
  const numMatrices = numProducts(product);
  const cut = cutOf(blocks, numMatrices);
  const [parts, size] = { batch: [1, 1], rows: [rowTiles, product.n], columns: [panels, 1] }[cut] as [number, number];
  void size;
  module.entry("product", 8, (params, scope) => {
    const [a, b, out, , , own, from, to] = params as readonly Local[] as Local[] & { length: 8 };
    const [matrix, first, end, pa, pb] = Array.from({ length: 5 }, () => scope.local("i32")) as [Local, Local, Local, Local, Local];
    const [left, right] = product.swapped ? [b!, a!] : [a!, b!];
    const range = { batch: [0, rowTiles, 0, panels], rows: [first, end, 0, panels], columns: [0, rowTiles, first, end] }[cut];
    return block(
      loop(
        sequence(
          branchIf(1, i32.geS(from!, to!)),
          set(matrix, i32.divU(from!, parts)),
          set(first, i32.remU(from!, parts)),
          set(end, least(parts, i32.add(first, i32.sub(to!, from!)))),
          set(pa, i32.add(left, batchOffset(product, "a", matrix))),
          set(pb, i32.add(right, batchOffset(product, "b", matrix))),
          job(pa, pb, i32.add(out!, i32.mul(matrix, product.m * product.n * numbers.bytes)), own!, ...range),
          advance(from!, i32.sub(end, first)),
          branch(0),
        ),
      ),
    );
  });
  const { m, n, k } = product;
  const cost = (m * n * k) / (numbers.lanes * 1.8) / parts + 50;
  return {
    module,
    phases: [{ entry: "product", units: numMatrices * parts, cost }],
    sharedBytes: 0,
    ownBytes: scratchBytes(numbers, blocks).all,
  };
}

/** Along the batch where it is long; else along the columns where only B is copied, so that no thread copies what another does; else along the longer. */
function cutOf({ rowTiles, panels, packA, packB }: Blocks, numMatrices: number): "batch" | "rows" | "columns" {
  if (numMatrices >= 32) return "batch";
  if (packA === "in place" && packB !== "in place" && panels >= 8) return "columns";
  return rowTiles >= panels ? "rows" : "columns";
}

/** Room for a block of A, then for a block of B. */
function scratchBytes({ bytes, lanes }: Numbers, { tile, run, rowBlock, panelBlock, rowTiles, panels, packA, packB }: Blocks) {
  const line = Math.ceil((run * bytes) / 64) * 64;
  const left = packA === "in place" ? 0 : Math.min(rowBlock, rowTiles) * tile.rows * line + 64;
  const panel = tile.vectors * 16;
  const right = packB === "in place" ? 0 : (Math.min(panelBlock, panels) * run + lanes) * panel;
  const leftAll = Math.ceil(left / 64) * 64;
  return { left: leftAll, all: leftAll + Math.ceil(right / 64) * 64 };
}

/** (a, b, c, own, i, iEnd, j, jEnd): the tiles i … iEnd − 1 of panels j … jEnd − 1 of one matrix. */
function jobFunction(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks): WasmFunction {
  const { a, b, n } = product;
  const { bytes, lanes } = numbers;
  const { tile, run, runs, lastRun, rowBlock, panelBlock } = blocks;
  const width = tile.vectors * lanes;
  const ownB = scratchBytes(numbers, blocks).left;
  const runCodes = (length: number) => ({
    left: blocks.packA === "in place" ? undefined : packLeft(module, numbers, product, blocks, length),
    right: blocks.packB === "in place" ? undefined : packRight(module, numbers, product, blocks, length),
    sweep: sweepFunction(module, numbers, product, blocks, length),
  });
  const regular = runCodes(run);
  const last = lastRun === run ? regular : runCodes(lastRun);
  return module.func(new Array<"i32">(8).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, own, i0, i1, j, j1] = params as [Local, Local, Local, Local, Local, Local, Local, Local];
    const [i, iEnd, jEnd, s, left, right] = Array.from({ length: 6 }, () => local("i32")) as [Local, Local, Local, Local, Local, Local];
    const oneRun = ({ left: copyLeft, right: copyRight, sweep }: ReturnType<typeof runCodes>): Code => {
      const at = sequence(
        set(left, i32.add(pa, i32.add(i32.mul(s, run * a.step), i32.mul(i, tile.rows * a.row)))),
        copyLeft ? [...copyLeft(own, left, i, iEnd), ...set(left, own)] : [],
        sweep(
          left,
          right,
          i32.add(pc, i32.add(i32.mul(i, tile.rows * n * bytes), i32.mul(j, width * bytes))),
          i,
          iEnd,
          j,
          jEnd,
          i32.eqz(s),
        ),
      );
      return sequence(
        set(right, i32.add(pb, i32.add(i32.mul(s, run * b.step), i32.mul(j, width * b.column)))),
        copyRight ? [...copyRight(i32.add(own, ownB), right, j, jEnd), ...set(right, i32.add(own, ownB))] : [],
        forRange(i, i0, i1, rowBlock, sequence(set(iEnd, least(i1, i32.add(i, rowBlock))), at)),
      );
    };
    const allRuns = sequence(
      set(jEnd, least(j1, i32.add(j, panelBlock))),
      forRange(s, 0, last === regular ? runs : runs - 1, 1, oneRun(regular)),
      last === regular ? [] : oneRun(last),
    );
    return forRange(j, j, j1, panelBlock, allRuns);
  });
}

/** (a, b, c, i, iEnd, j, jEnd, first): the tiles of a block gain one run of the sum, or begin with it. */
function sweepFunction(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks, run: number): WasmFunction {
  const { tile, rowTiles, lastRows, panels, lastVectors, lastLanes, runs } = blocks;
  const left = leftLayout(numbers, product, blocks, run);
  const right = rightLayout(numbers, product, blocks, run);
  const cRow = product.n * numbers.bytes;
  const wholeRows = lastRows === tile.rows ? rowTiles : rowTiles - 1;
  const isWide = lastVectors === tile.vectors && lastLanes === numbers.lanes;
  const widePanels = isWide ? panels : panels - 1;
  const tiles = (rows: number, vectors: number, lanes: number): WasmFunction =>
    microKernel(module, numbers, {
      ...tile,
      rows,
      vectors,
      lastLanes: lanes,
      aRow: left.row,
      aStep: left.step,
      bStep: right.step,
      cRow,
      run,
      begin: runs > 1 ? "given" : "zero",
    });
  const panelFunctions = (vectors: number, lanes: number) => ({
    whole: wholeRows > 0 ? tiles(tile.rows, vectors, lanes) : undefined,
    rest: wholeRows < rowTiles ? tiles(lastRows, vectors, lanes) : undefined,
  });
  const wide = widePanels > 0 ? panelFunctions(tile.vectors, numbers.lanes) : undefined;
  const narrow = isWide ? undefined : panelFunctions(lastVectors, lastLanes);
  return module.func(new Array<"i32">(8).fill("i32"), [], (params, { local }) => {
    const [pa, pb, pc, i0, iEnd, j, jEnd, first] = params as [Local, Local, Local, Local, Local, Local, Local, Local];
    const [i, iWhole, jWide, qa, qc] = Array.from({ length: 5 }, () => local("i32")) as [Local, Local, Local, Local, Local];
    const call = (f: WasmFunction): Code => f(qa, pb, qc, 0, 0, 1, ...(runs > 1 ? [first] : []));
    const panel = ({ whole, rest }: ReturnType<typeof panelFunctions>): Code =>
      sequence(
        set(qa, pa),
        set(qc, pc),
        whole ? forRange(i, i0, iWhole, 1, sequence(call(whole), advance(qa, left.tile), advance(qc, tile.rows * cRow))) : [],
        rest ? when(i32.gtS(iEnd, wholeRows), call(rest)) : [],
      );
    return sequence(
      set(iWhole, least(iEnd, wholeRows)),
      set(jWide, least(jEnd, widePanels)),
      wide ? forRange(j, j, jWide, 1, sequence(panel(wide), advance(pb, right.panel), advance(pc, 16 * tile.vectors))) : [],
      narrow ? when(i32.gtS(jEnd, widePanels), panel(narrow)) : [],
    );
  });
}
