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
  when,
} from "../encoder/index.js";
import { microKernel } from "../micro-kernel.js";
import type { Numbers } from "../numbers.js";
import type { Blocks } from "./blocks.js";
import { least } from "./bounds.js";
import { leftLayout } from "./pack-left.js";
import { rightLayout } from "./pack-right.js";
import type { Product } from "./product.js";

/** (a, b, c, i, iEnd, j, jEnd, first): the tiles of a block gain one run of the sum, or begin with it. */
export function blockSweep(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks, run: number): WasmFunction {
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
      // The rest of rows or columns is little work: shorter code for it.
      unroll: rows === tile.rows && vectors === tile.vectors ? tile.unroll : Math.min(4, tile.unroll),
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
