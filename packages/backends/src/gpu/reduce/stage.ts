import type { ReduceAxis } from "./reduce-axis.js";

/** Part of a reduction: some axes are walked by each thread, the others remain, those among them that are to vanish wait for a later stage. */
export interface Stage {
  readonly axes: readonly StageAxis[];
  /** The axis that is cut, if one is: entry `loop`·chunks + `rest` of it, or none from `size` on. Both are positions in `axes`. */
  readonly cut?: { readonly loop: number; readonly rest: number; readonly size: number };
}

export interface StageAxis extends ReduceAxis {
  readonly isLoop: boolean;
}

/** Turns that a thread takes at most: more where threads are many and neighbours read neighbours. */
const [TURNS, TURNS_OF_MANY] = [256, 1024];
const MANY = 4096;

/**
 * The next stage of a reduction. Outer axes are walked first, and of an axis that is too long each thread takes every so manyth entry: that leaves the last
 * axis to the threads, and neighbours read neighbours. Stages are about equally long, so sums round as those of a tree do.
 */
export function nextStage(axes: readonly ReduceAxis[]): Stage {
  const turns = Math.max(2, turnsOf(axes));
  const stage: StageAxis[] = [];
  let cut: Stage["cut"];
  let taken = 1;
  for (const axis of axes) {
    const { size, isReduced, strides } = axis;
    if (isReduced && taken * size <= turns) {
      stage.push({ ...axis, isLoop: true });
      taken *= size;
    } else if (isReduced && taken < turns) {
      const chunks = Math.ceil(size / Math.ceil(turns / taken));
      cut = { loop: stage.length, rest: stage.length + 1, size };
      stage.push(
        { size: Math.ceil(size / chunks), isReduced, strides: strides.map((stride) => stride * chunks), isLoop: true },
        { ...axis, size: chunks, isLoop: false },
      );
      taken = turns;
    } else {
      stage.push({ ...axis, isLoop: false });
    }
  }
  return { axes: stage, ...(cut && { cut }) };
}

function turnsOf(axes: readonly ReduceAxis[]): number {
  const count = (isReduced: boolean): number =>
    axes.reduce((product, axis) => (axis.isReduced === isReduced ? product * axis.size : product), 1);
  const [results, terms] = [count(false), count(true)];
  const most = results >= MANY && axes.at(-1)?.isReduced === false ? TURNS_OF_MANY : TURNS;
  const stages = Math.ceil(Math.log(terms) / Math.log(most) - 1e-9);
  return stages <= 1 ? most : Math.ceil(terms ** (1 / stages));
}
