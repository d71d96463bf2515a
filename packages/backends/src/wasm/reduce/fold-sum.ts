import { type Code, type Local, push, type Scope, set, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Fold } from "./fold.js";
import { foldHalves, foldLanes, lanesMask } from "./fold-lanes.js";

/**
 * Sums of vectors.
 * @param levels where accumulators of their own begin, ascending from 0: they are added to those outside when their loops end, so that rounding
 * errors add up along the turns of few loops only
 */
export function foldSum(numbers: Numbers, scope: Scope, slots: number, levels: readonly number[]): Fold {
  const { vector, lanes } = numbers;
  const sets = levels.map(() => Array.from({ length: slots }, () => scope.local("v128")));
  const innermost = sets.at(-1)!;
  const take: Fold["take"] = (slot, value, count) =>
    set(innermost[slot]!, vector.add(innermost[slot]!, count === lanes ? value : v128.and(value, lanesMask(numbers, count))));
  return {
    enter: (level) => (sets[levels.indexOf(level)] ?? []).flatMap((local) => set(local, push(numbers.vectorReading, 0))),
    take,
    takeProduct: (slot, x, y, count) => {
      if (count < lanes) return take(slot, vector.mul(x, y), count);
      return set(innermost[slot]!, numbers.madd(x, y, innermost[slot]!));
    },
    next: [],
    leave: (level) => {
      const at = levels.indexOf(level);
      return at < 1 ? [] : sets[at]!.flatMap((local, i) => set(sets[at - 1]![i]!, vector.add(sets[at - 1]![i]!, local)));
    },
    result: (from, to, asOne) => {
      const locals = sets[0]!.slice(from, to);
      const [local] = locals as [Local];
      const code: Code = [...foldHalves(locals, vector.add), ...(asOne ? foldLanes(numbers, local, vector.add) : [])];
      return { code, local };
    },
  };
}
