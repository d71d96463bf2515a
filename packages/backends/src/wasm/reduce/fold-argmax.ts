import { push, type Scope, sequence, set, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Fold } from "./fold.js";

/** The place of the first maximum along the one loop, as a number; the first NaN counts as the maximum. One vector for each slot, which stays its own. */
export function foldArgmax(numbers: Numbers, scope: Scope, slots: number): Fold {
  const { vector, vectorReading } = numbers;
  const place = scope.local("v128");
  const accumulators = Array.from({ length: slots }, () => ({ best: scope.local("v128"), at: scope.local("v128") }));
  const [value, better] = [scope.local("v128"), scope.local("v128")];
  const constant = (x: number) => push(vectorReading, x);
  return {
    enter: (level) =>
      level > 0
        ? []
        : sequence(
            set(place, constant(0)),
            ...accumulators.flatMap(({ best, at }) => [set(best, constant(Number.NEGATIVE_INFINITY)), set(at, constant(0))]),
          ),
    take: (slot, code) => {
      const { best, at } = accumulators[slot]!;
      const isFirstNaN = v128.andnot(vector.ne(value, value), vector.ne(best, best));
      return sequence(
        set(value, code),
        set(better, v128.or(vector.gt(value, best), isFirstNaN)),
        set(best, v128.bitselect(value, best, better)),
        set(at, v128.bitselect(place, at, better)),
      );
    },
    next: set(place, vector.add(place, 1)),
    leave: () => [],
    result: (from) => ({ code: [], local: accumulators[from]!.at }),
  };
}
