import { type Code, type Local, push, type Scope, sequence, set, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Fold } from "./fold.js";
import { foldHalves, foldLanes, lanesMask } from "./fold-lanes.js";

/**
 * Largest or least of vectors, NaN where there is one.
 * @param height slots that end up in one result, whose NaN are noted together
 * @remarks The machine's own maximum passes over NaN; to note them beside it takes three instructions, where one that keeps them takes eight.
 */
export function foldExtremum(kind: "max" | "min", numbers: Numbers, scope: Scope, slots: number, height: number): Fold {
  const { vector, lanes, vectorReading } = numbers;
  const [faster, keeping] = kind === "max" ? [vector.pmax, vector.max] : [vector.pmin, vector.min];
  const worst = push(vectorReading, kind === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const best = Array.from({ length: slots }, () => scope.local("v128"));
  const isNaN = Array.from({ length: Math.ceil(slots / height) }, () => scope.local("v128"));
  const value = scope.local("v128");
  return {
    enter: (level) =>
      level > 0 ? [] : [...best.flatMap((local) => set(local, worst)), ...isNaN.flatMap((local) => set(local, push(vectorReading, 0)))],
    take: (slot, code, count) => {
      const note = isNaN[Math.floor(slot / height)]!;
      return sequence(
        set(value, count === lanes ? code : v128.bitselect(code, worst, lanesMask(numbers, count))),
        set(best[slot]!, faster(best[slot]!, value)),
        set(note, v128.or(note, vector.ne(value, value))),
      );
    },
    next: [],
    leave: () => [],
    result: (from, to, asOne) => {
      const locals = best.slice(from, to);
      const [local] = locals as [Local];
      // All bits of a lane set make a NaN.
      const code: Code = [...foldHalves(locals, faster), ...set(local, v128.or(local, isNaN[Math.floor(from / height)]!))];
      return { code: [...code, ...(asOne ? foldLanes(numbers, local, keeping) : [])], local };
    },
  };
}
