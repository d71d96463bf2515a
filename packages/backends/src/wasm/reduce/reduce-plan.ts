import type { Reduction } from "../../backend.js";
import type { ReduceAxis } from "./reduce-layout.js";

/** An axis walked in steps, or the refinement of an earlier one (by its position) in smaller steps. */
export interface ReduceLoop {
  readonly axis: ReduceAxis;
  readonly step: number;
  readonly refines?: number;
}

/**
 * A reduction as loops over blocks. Lanes lie across results, along the last kept axis, or else along the last axis that vanishes, and are combined
 * at the end.
 */
export interface ReducePlan {
  readonly across: boolean;
  /** Loops over results, outermost first; of them `pieces`, if there is one, goes over pieces of an axis that vanishes, each with results of its own. */
  readonly outer: readonly ReduceLoop[];
  readonly pieces: boolean;
  /** Loops over what vanishes. */
  readonly inner: readonly ReduceLoop[];
}

/** Accumulators that hide the time one addition takes, and leave registers for what is added; some kinds need two registers for each. */
const mostSlots: Readonly<Record<Reduction, number>> = { sum: 8, max: 6, min: 6, argmax: 4 };

/** Turns of loops that one accumulator takes part in, at most twice as many: how far rounding errors of a sum can add up. */
const longestChain = 32;

/** Entries of a piece, at least; below twice as many a reduction to few results is not cut. */
const pieceEntries = 8192;

/** Pieces into which reductions to few results are cut, about: so many that threads share them well. */
const wantedPieces = 64;

/** Where there are so many blocks of results, threads share those. */
const enoughTasks = 16;

/**
 * @param layout with at least one axis that vanishes
 * @param mayCut whether the plan may have pieces
 */
export function planReduce(kind: Reduction, layout: readonly ReduceAxis[], lanes: number, mayCut: boolean): ReducePlan {
  const kept = layout.filter((axis) => axis.kept);
  const gone = layout.filter((axis) => !axis.kept);
  const last = gone.at(-1)!;
  const across = kind === "argmax" || liesAcross(layout, kept.at(-1), last, lanes);
  const columns = kept.at(-1) ?? { size: 1, kept: true, inputs: last.inputs.map(() => 0) };
  const vectors = Math.ceil(columns.size / lanes);
  const slots = mostSlots[kind];
  const width = Math.ceil(vectors / Math.ceil(vectors / slots));
  const isSquare = across && !columns.inputs.includes(1) && last.inputs.includes(1);
  const height = kind === "argmax" ? 1 : isSquare ? lanes : Math.max(1, 2 ** Math.floor(Math.log2(slots / width)));
  const steps = gone.map((axis) => (axis === last ? Math.min(axis.size, across ? height : 4 * lanes) : 1));
  const columnStep = Math.min(columns.size, (isSquare ? Math.min(width, 2) : width) * lanes);
  const results = across ? [...kept.slice(0, -1), columns] : kept;
  const outer = results.map((axis, a): ReduceLoop => ({ axis, step: across && a === results.length - 1 ? columnStep : 1 }));
  const cut = kind === "argmax" || !mayCut ? undefined : pieceOf(layout, gone, steps, outer);
  const loops: ReduceLoop[] = cut ? [cut, ...outer] : outer.length > 0 ? outer : [{ axis: { ...columns, size: 1 }, step: 1 }];
  const inner = gone.flatMap((axis, a) => {
    const refinesPiece = cut?.axis === axis;
    return chain(kind, axis, refinesPiece ? cut.step : axis.size, steps[a]!, refinesPiece ? 0 : undefined);
  });
  return { across, outer: loops, pieces: cut !== undefined, inner: numbered(inner, loops.length) };
}

/** Along the axis that lies contiguous in more of the inputs; a short row is better taken with its neighbours. */
function liesAcross(layout: readonly ReduceAxis[], columns: ReduceAxis | undefined, last: ReduceAxis, lanes: number): boolean {
  if (columns === undefined) return false;
  const contiguous = (axis: ReduceAxis): number => axis.inputs.filter((stride) => stride === 1).length;
  const lead = contiguous(columns) - contiguous(last);
  if (lead > 0 || (lead === 0 && layout.at(-1) === columns)) return true;
  return last.size < 4 * lanes && columns.size >= lanes;
}

/** The longest axis that vanishes, cut into pieces where there are too few results for threads to share; a piece is a power of two long. */
function pieceOf(
  layout: readonly ReduceAxis[],
  gone: readonly ReduceAxis[],
  steps: readonly number[],
  outer: readonly ReduceLoop[],
): ReduceLoop | undefined {
  const entries = layout.reduce((product, { size }) => product * size, 1);
  const tasks = outer.reduce((product, { axis, step }) => product * Math.ceil(axis.size / step), 1);
  const pieces = Math.min(Math.floor(entries / pieceEntries), Math.max(enoughTasks, Math.ceil(wantedPieces / tasks)));
  if (pieces < 2 || tasks >= enoughTasks) return undefined;
  const axis = gone.reduce((longest, other) => (other.size > longest.size ? other : longest));
  const blocks = axis.size / steps[gone.indexOf(axis)]!;
  const step = 2 ** Math.ceil(Math.log2(Math.max(1, blocks / pieces))) * steps[gone.indexOf(axis)]!;
  return 2 * step <= axis.size ? { axis, step } : undefined;
}

/** A loop whose `refines` is still relative: −1 for the loop just before it. */
interface ChainLoop extends ReduceLoop {
  readonly after: boolean;
}

/** An axis in steps; for a sum as loops inside loops, none of which turns more often than twice `longestChain`. */
function chain(kind: Reduction, axis: ReduceAxis, size: number, step: number, refines: number | undefined): readonly ChainLoop[] {
  const steps = [step];
  while (kind === "sum" && Math.ceil(size / steps[0]!) > 2 * longestChain) steps.unshift(steps[0]! * longestChain);
  return steps.map((each, i) => ({ axis, step: each, after: i > 0, ...(i === 0 && refines !== undefined ? { refines } : {}) }));
}

function numbered(loops: readonly ChainLoop[], from: number): readonly ReduceLoop[] {
  return loops.map(({ axis, step, after, refines }, i) => {
    const refined = after ? from + i - 1 : refines;
    return { axis, step, ...(refined === undefined ? {} : { refines: refined }) };
  });
}
