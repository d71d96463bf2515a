import type { Shape } from "../backend.js";
import type { NodeView } from "./call.js";

/** How a walk through `shape` moves in the axes of what it reads. */
export interface ComposedViews {
  /** The sizes that each axis of the walk has been split into, outermost first. */
  readonly splits: readonly Shape[];
  /** Where the walk starts along each axis of what is read. */
  readonly starts: readonly number[];
  /** For each axis of the split walk, the axis it moves along and by how much; null where it stays. */
  readonly steps: readonly ({ readonly axis: number; readonly by: number } | null)[];
}

/**
 * The view of a row-major buffer of `sizes`, as moves along the axes of that buffer: entry i of the walk is at multi-index
 * starts + Σ steps·i, never carrying from one axis to the next. Undefined where a move would carry even when its axis is split.
 * @param sizes none is 0
 */
export function composeViews(shape: Shape, view: NodeView, sizes: Shape): ComposedViews | undefined {
  const rows = sizes.map((_, b) => sizes.slice(b + 1).reduce((product, n) => product * n, 1));
  const starts = sizes.map((n, b) => Math.floor(view.offset / rows[b]!) % n);
  const splits: Shape[] = [];
  const steps: ({ axis: number; by: number } | null)[] = [];
  const low = [...starts];
  const high = [...starts];
  for (const [a, size] of shape.entries()) {
    const moves = splitAxis(size, view.strides[a]!, sizes, rows);
    if (!moves) return undefined;
    splits.push(moves.map((move) => move.size));
    for (const { size: n, step } of moves) {
      steps.push(step);
      if (!step) continue;
      const reach = step.by * (n - 1);
      low[step.axis]! += Math.min(0, reach);
      high[step.axis]! += Math.max(0, reach);
    }
  }
  if (sizes.some((n, b) => low[b]! < 0 || high[b]! >= n)) return undefined;
  return { splits, starts, steps };
}

interface Move {
  readonly size: number;
  readonly step: { readonly axis: number; readonly by: number } | null;
}

function splitAxis(size: number, stride: number, sizes: Shape, rows: readonly number[]): readonly Move[] | undefined {
  if (stride === 0 || size <= 1) return [{ size, step: null }];
  const distance = Math.abs(stride);
  const axis = rows.findIndex((row, b) => row <= distance && distance < row * sizes[b]!);
  if (axis < 0 || distance % rows[axis]! !== 0) return undefined;
  const by = distance / rows[axis]!;
  const signed = stride / rows[axis]!;
  if (by * (size - 1) < sizes[axis]!) return [{ size, step: { axis, by: signed } }];
  // The walk leaves this axis: whole turns along it are one step of the axes before.
  const turn = sizes[axis]! / by;
  if (!Number.isInteger(turn) || size % turn !== 0) return undefined;
  const outer = splitAxis(size / turn, stride * turn, sizes, rows);
  return outer && [...outer, { size: turn, step: { axis, by: signed } }];
}
