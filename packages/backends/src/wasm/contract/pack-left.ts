import {
  advance,
  type Code,
  forRange,
  i32,
  type Local,
  memory,
  type Scope,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Blocks } from "./blocks.js";
import { least } from "./bounds.js";
import type { Product } from "./product.js";

/** How a run of A lies for the tiles' loop, in bytes: from a row to the next, from a step of the sum to the next, from a tile to the next. */
export interface LeftLayout {
  readonly row: number;
  readonly step: number;
  readonly tile: number;
}

export function leftLayout({ bytes }: Numbers, { a }: Product, { tile: { rows }, packA }: Blocks, run: number): LeftLayout {
  if (packA === "in place") return { row: a.row, step: a.step, tile: rows * a.row };
  if (packA === "across") return { row: bytes, step: rows * bytes, tile: run * rows * bytes };
  const row = Math.ceil((run * bytes) / 64) * 64;
  return { row, step: bytes, tile: rows * row };
}

/** A function (to, from, i, end) that copies tiles i … end − 1 of a run of A, the first of which begins at `from`, so that they lie as `leftLayout` says. */
export function packLeft(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks, run: number): WasmFunction {
  const { rows } = blocks.tile;
  const { a, m } = product;
  const layout = leftLayout(numbers, product, blocks, run);
  return module.func(["i32", "i32", "i32", "i32"], [], (params, scope) => {
    const [to, from, i, end] = params as [Local, Local, Local, Local];
    if (blocks.packA === "across") {
      const turn = (count: number): Code => {
        const copy = copySteps(scope, numbers, to, from, rows, run, layout, a.step, count);
        const next = sequence(advance(to, count * layout.tile), advance(from, count * rows * layout.row));
        return forRange(i, i, i32.sub(end, count - 1), count, sequence(copy, next));
      };
      // A tile lower than a vector is written past its end, which only the tile after it may mend.
      return sequence(blocks.rowTiles >= TOGETHER && rows >= numbers.lanes ? turn(TOGETHER) : [], turn(1));
    }
    const line = blocks.packA === "along" ? memory.copy(to, from, run * numbers.bytes) : copyLine(scope, numbers, to, from, run, a.step);
    return sequence(
      set(end, i32.sub(least(i32.mul(end, rows), m), i32.mul(i, rows))),
      forRange(i, 0, end, 1, sequence(line, advance(to, layout.row), advance(from, a.row))),
    );
  });
}

/** Tiles that are copied side by side, so that whole lines of the cache are read. */
const TOGETHER = 4;

/** All rows of some tiles, step by step, in whole vectors; the last of a tile overlaps the one before, or what the next step writes over. */
function copySteps(
  scope: Scope,
  { vector, lanes, bytes }: Numbers,
  to: Local,
  from: Local,
  rows: number,
  steps: number,
  layout: LeftLayout,
  fromStep: number,
  tiles: number,
): Code {
  const [p, q, t] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const starts = Array.from({ length: Math.ceil(rows / lanes) }, (_, v) => Math.max(0, Math.min(v * lanes, rows - lanes)) * bytes);
  const copy = Array.from({ length: tiles }, (_, tile) =>
    starts.flatMap((at) => vector.store(p, vector.load(q, tile * rows * bytes + at), tile * layout.tile + at)),
  );
  return sequence(set(p, to), set(q, from), forRange(t, 0, steps, 1, sequence(...copy, advance(p, layout.step), advance(q, fromStep))));
}

function copyLine(scope: Scope, { scalar, bytes }: Numbers, to: Local, from: Local, count: number, fromStep: number): Code {
  const [p, q, t] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const copy = sequence(scalar.store(p, scalar.load(q)), advance(p, bytes), advance(q, fromStep));
  return sequence(set(p, to), set(q, from), forRange(t, 0, count, 1, copy));
}
