import type { Part, Shape } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { boxesApart, boxVolume, type PartBox, partBox } from "./part-box.js";
import { type PartWalk, partWalk, type WalkAxis } from "./part-walk.js";

/** The result cut into rows that are made one by one, whatever part they come from. */
export interface RowPlan {
  readonly rows: number;
  readonly rowLength: number;
  readonly parts: readonly RowPart[];
  /** Whether entries that no part covers, or that parts add to, must be 0 first. */
  readonly clears: boolean;
}

/** A part by rows: of `outer`, turn i lies wholly in row firstRow + step·i; without it, all in firstRow. */
export interface RowPart {
  readonly walk: PartWalk;
  readonly firstRow: number;
  readonly step: number;
  readonly outer: WalkAxis | null;
  readonly inner: readonly WalkAxis[];
  /** Whether the part adds to what earlier parts or other entries of its own may have left; else it overwrites. */
  readonly adds: boolean;
}

/**
 * Rows are the result's leading axes, as many of them as give all threads work and keep a row in the cache, if every part then stays in rows as `RowPart` says;
 * else as they can be, in the worst case one row. Parts overwrite where it can be shown that nothing was there before.
 */
export function rowPlan(shape: Shape, parts: readonly Part[], threads: number): RowPlan {
  const walks = parts.map(partWalk);
  const total = numEntries(shape);
  const boxes = walks.map((walk) => partBox(walk, shape));
  const adds = boxes.map((box, k) => box === null || !boxes.slice(0, k).every((other) => other !== null && boxesApart(box, other)));
  const covers = !adds.includes(true) && boxes.reduce((sum, box) => sum + boxVolume(box as PartBox), 0) === total;
  const lengths = shape.map((_, a) => numEntries(shape.slice(a + 1))).filter((length, i, all) => length < (i === 0 ? total : all[i - 1]!));
  const cuts = lengths.flatMap((rowLength) => {
    const cut = walks.map((walk) => inRows(walk, rowLength));
    return cut.includes(null) ? [] : [{ rowLength, cut: cut as readonly RowCut[] }];
  });
  const whole = { rowLength: total, cut: walks.map((walk): RowCut => ({ firstRow: 0, step: 0, outer: null, inner: walk.axes })) };
  const fine = cuts.find(({ rowLength }) => rowLength <= CACHED && total / rowLength >= 4 * threads);
  const { rowLength, cut } = fine ?? cuts.find((c) => total / c.rowLength >= threads) ?? cuts[0] ?? whole;
  return {
    rows: total / rowLength,
    rowLength,
    parts: cut.map((row, k) => ({ ...row, walk: walks[k]!, adds: adds[k]! })),
    clears: !covers,
  };
}

type RowCut = Omit<RowPart, "walk" | "adds">;

/** Numbers of a row that is still small. */
const CACHED = 4096;

function inRows(walk: PartWalk, rowLength: number): RowCut | null {
  const axes = walk.axes.flatMap((axis) => splitAt(axis, rowLength));
  const [outer, ...inner] = axes;
  return (outer && cutAt(walk.to, outer, inner, rowLength)) ?? cutAt(walk.to, null, axes, rowLength);
}

/** A turn of `outer` moves on by `step` rows and by `drift` within the row (a diagonal's is not 0). */
function cutAt(to: number, outer: WalkAxis | null, inner: readonly WalkAxis[], rowLength: number): RowCut | null {
  const step = outer ? Math.round(outer.to / rowLength) : 0;
  if (outer && step === 0) return null;
  const drift = outer ? (outer.to - step * rowLength) * (outer.length - 1) : 0;
  const firstRow = Math.floor((to + Math.min(0, drift)) / rowLength);
  const last = to - firstRow * rowLength + Math.max(0, drift) + inner.reduce((sum, axis) => sum + axis.to * (axis.length - 1), 0);
  return last < rowLength ? { firstRow, step, outer, inner } : null;
}

/** An axis that runs through whole rows is two: rows, and places in a row. */
function splitAt(axis: WalkAxis, rowLength: number): readonly WalkAxis[] {
  const perRow = axis.to > 0 ? rowLength / axis.to : 0;
  if (!(perRow > 1 && Number.isInteger(perRow) && axis.length > perRow && axis.length % perRow === 0)) return [axis];
  return [
    { length: axis.length / perRow, from: axis.from * perRow, to: rowLength },
    { ...axis, length: perRow },
  ];
}
