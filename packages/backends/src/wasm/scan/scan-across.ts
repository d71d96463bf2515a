import { type Code, type Local, push, type Scope, set } from "../encoder/index.js";
import { forGroups } from "../map/for-groups.js";
import type { LoopNest } from "../map/loop-nest.js";
import { storeLanes } from "../map/store-lanes.js";
import type { Numbers } from "../numbers.js";

/** What a scan does at the start of a sum and at every block of it. */
export type ScanBlocks = Required<Pick<LoopNest, "enter" | "body">>;

/** Sums of columns side by side, one row after another; loops are over outer, columns, rows. */
export function scanAcross(numbers: Numbers, scope: Scope, [from, to]: readonly [Local, Local], columns: number): ScanBlocks {
  const { vector, vectorReading, lanes, bytes } = numbers;
  const sums = Array.from({ length: Math.ceil(columns / lanes) }, () => scope.local("v128"));
  return {
    enter: (counts) => (counts.length === 2 ? sums.flatMap((sum) => set(sum, push(vectorReading, 0))) : []),
    body: ([, count]): Code =>
      forGroups(count!, lanes, (start, end) => {
        const sum = sums[start / lanes]!;
        return [...set(sum, vector.add(sum, vector.load(from, start * bytes))), ...storeLanes(numbers, to, sum, end - start, start)];
      }),
  };
}
