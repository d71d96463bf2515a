import {
  advance,
  type Code,
  forRange,
  i32,
  type Local,
  type Scope,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  when,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Blocks } from "./blocks.js";
import { least } from "./bounds.js";
import type { Product } from "./product.js";
import { transposed } from "./transposed.js";

/** How a run of B lies for the tiles' loop, in bytes: from a step of the sum to the next, from a panel of columns to the next. */
export interface RightLayout {
  readonly step: number;
  readonly panel: number;
}

export function rightLayout({ bytes, lanes }: Numbers, { b }: Product, { tile, packB }: Blocks, run: number): RightLayout {
  const width = tile.vectors * lanes;
  if (packB === "in place") return { step: b.step, panel: width * bytes };
  return { step: width * bytes, panel: run * width * bytes };
}

/** A function (to, from, j, end) that copies panels j … end − 1 of a run of B, the first of which begins at `from`, so that they lie as `rightLayout` says. */
export function packRight(module: WasmModule, numbers: Numbers, product: Product, blocks: Blocks, run: number): WasmFunction {
  const { b, n } = product;
  const width = blocks.tile.vectors * numbers.lanes;
  const layout = rightLayout(numbers, product, blocks, run);
  const copy = { across: copyAcross, along: copyAlong, any: copyEach, "in place": copyEach }[blocks.packB];
  const whole = Math.floor(n / width);
  return module.func(["i32", "i32", "i32", "i32"], [], (params, scope) => {
    const [to, from, j, end] = params as [Local, Local, Local, Local];
    const all = scope.local("i32");
    const panels = (count: number, columns: number): Code =>
      copy({ scope, numbers, product, to, from, run, layout, panels: count, columns });
    const turn = (count: number): Code =>
      forRange(
        j,
        j,
        i32.sub(all, count - 1),
        count,
        sequence(panels(count, width), advance(to, count * layout.panel), advance(from, count * width * b.column)),
      );
    const panel = (columns: number): Code => panels(1, columns);
    return sequence(
      set(all, least(end, whole)),
      whole >= TOGETHER && blocks.packB === "across" ? turn(TOGETHER) : [],
      whole > 0 ? turn(1) : [],
      n % width > 0 ? when(i32.gtS(end, whole), panel(n % width)) : [],
    );
  });
}

/** Panels that are copied side by side, so that whole lines of the cache are read. */
const TOGETHER = 4;

interface PanelCopy {
  readonly scope: Scope;
  readonly numbers: Numbers;
  readonly product: Product;
  readonly to: Local;
  readonly from: Local;
  readonly run: number;
  readonly layout: RightLayout;
  readonly panels: number;
  /** Of each panel. */
  readonly columns: number;
}

/** Neighbouring columns, whole vectors of them: what lies beyond the last column comes along and is not looked at. */
function copyAcross({ scope, numbers: { vector, lanes }, product: { b }, to, from, run, layout, panels, columns }: PanelCopy): Code {
  const [p, q, t] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const vectors = Math.ceil(columns / lanes);
  const copy = Array.from({ length: panels * vectors }, (_, v) => {
    const place = Math.floor(v / vectors) * layout.panel + 16 * (v % vectors);
    return vector.store(p, vector.load(q, 16 * v), place);
  });
  return sequence(set(p, to), set(q, from), forRange(t, 0, run, 1, sequence(...copy, advance(p, layout.step), advance(q, b.step))));
}

/** Columns that lie along, in squares of lanes × lanes that are transposed in registers. Steps beyond the run are copied too, where what follows is written later. */
function copyAlong({ scope, numbers, product: { b }, to, from, run, layout, columns }: PanelCopy): Code {
  const { vector, lanes } = numbers;
  const [p, t] = [scope.local("i32"), scope.local("i32")];
  const lines = Array.from({ length: lanes }, () => scope.local("i32"));
  const square = Array.from({ length: lanes }, () => scope.local("v128"));
  return Array.from({ length: Math.ceil(columns / lanes) }, (_, v) => {
    const column = (c: number): number => Math.min(v * lanes + c, columns - 1) * b.column;
    const copy = sequence(
      ...square.map((x, c) => set(x, vector.load(lines[c]!))),
      ...transposed(numbers, square).map((row, u) => vector.store(p, row, u * layout.step)),
      advance(p, lanes * layout.step),
      ...lines.map((line) => advance(line, 16)),
    );
    return sequence(
      set(p, i32.add(to, 16 * v)),
      ...lines.map((line, c) => set(line, i32.add(from, column(c)))),
      forRange(t, 0, run, lanes, copy),
    );
  }).flat();
}

function copyEach({ scope, numbers: { scalar, bytes }, product: { b }, to, from, run, layout, columns }: PanelCopy): Code {
  const [p, q, t] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
  const copy = Array.from({ length: columns }, (_, c) => scalar.store(p, scalar.load(i32.add(q, c * b.column)), c * bytes)).flat();
  return sequence(set(p, to), set(q, from), forRange(t, 0, run, 1, sequence(copy, advance(p, layout.step), advance(q, b.step))));
}
