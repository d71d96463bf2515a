import { type Code, forRange, i32, type Local, sequence, set, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { blockSweep } from "./block-sweep.js";
import type { Blocks } from "./blocks.js";
import { least } from "./bounds.js";
import { packLeft } from "./pack-left.js";
import { packRight } from "./pack-right.js";
import type { Product } from "./product.js";

/** (a, b, c, own, i, iEnd, j, jEnd): the tiles i … iEnd − 1 of panels j … jEnd − 1 of one matrix. */
export function blockJob(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks): WasmFunction {
  const { a, b, n } = product;
  const { bytes, lanes } = numbers;
  const { tile, run, runs, lastRun, rowBlock, panelBlock } = blocks;
  const width = tile.vectors * lanes;
  const ownB = scratchOf(numbers, blocks).left;
  const runCodes = (length: number) => ({
    left: blocks.packA === "in place" ? undefined : packLeft(module, numbers, product, blocks, length),
    right: blocks.packB === "in place" ? undefined : packRight(module, numbers, product, blocks, length),
    sweep: blockSweep(module, numbers, product, blocks, length),
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

/** Room for a block of A, then for a block of B. */
export function scratchOf({ bytes, lanes }: Numbers, { tile, run, rowBlock, panelBlock, rowTiles, panels, packA, packB }: Blocks) {
  const line = Math.ceil((run * bytes) / 64) * 64;
  const left = packA === "in place" ? 0 : Math.min(rowBlock, rowTiles) * tile.rows * line + 64;
  const panel = tile.vectors * 16;
  const right = packB === "in place" ? 0 : (Math.min(panelBlock, panels) * run + lanes) * panel;
  const leftAll = Math.ceil(left / 64) * 64;
  return { left: leftAll, all: leftAll + Math.ceil(right / 64) * 64 };
}
