import { type Code, i8x16, i32, type Local, push, type Scope, sequence, set } from "../encoder/index.js";
import { loadVectors } from "../map/load-vectors.js";
import { storeLanes } from "../map/store-lanes.js";
import type { Numbers } from "../numbers.js";
import type { ScanBlocks } from "./scan-across.js";

/**
 * The sum of one row, a vector at a time: sums within the vector first, then what came before is added to all of them, so that vectors wait for
 * one another by one addition only. In reverse, pointers are at the last entry of a block and lanes go down from it.
 */
export function scanAlong(numbers: Numbers, scope: Scope, [from, to]: readonly [Local, Local], reverse: boolean): ScanBlocks {
  const { vector, vectorReading, lanes, bytes } = numbers;
  const [before, value, target] = [scope.local("v128"), scope.local("v128"), scope.local("i32")];
  const zero = push(vectorReading, 0);
  /** Lanes moved up by `by`, zeros below. */
  const movedUp = (by: number): Code => {
    const places = Array.from({ length: 16 }, (_, b) => (b < by * bytes ? 16 : b - by * bytes));
    return i8x16.shuffle(value, zero, places);
  };
  const everyLane = (lane: number): Code => shuffled(value, bytes, new Array<number>(lanes).fill(lane));
  const backwards = Array.from({ length: lanes }, (_, l) => lanes - 1 - l);
  const store = (count: number): Code => {
    if (!reverse) return storeLanes(numbers, to, value, count, 0);
    const start = set(target, i32.sub(to, (count - 1) * bytes));
    if (count === lanes) return [...start, ...vector.store(target, shuffled(value, bytes, backwards))];
    const lanesDown = Array.from({ length: count }, (_, l) => vector.storeLane(target, value, l, (count - 1 - l) * bytes));
    return [...start, ...lanesDown.flat()];
  };
  const sum = scope.local("v128");
  return {
    enter: (counts) => (counts.length === 1 ? set(before, zero) : []),
    body: ([, count]) => {
      const places = Array.from({ length: count! }, (_, l) => (reverse ? -l : l));
      const read = loadVectors(numbers, scope, from, [places]);
      return sequence(
        read.code,
        set(value, read.locals[0]!),
        set(value, vector.add(value, movedUp(1))),
        lanes === 4 ? set(value, vector.add(value, movedUp(2))) : [],
        set(sum, everyLane(lanes - 1)),
        set(value, vector.add(value, before)),
        set(before, vector.add(before, sum)),
        store(count!),
      );
    },
  };
}

/** A vector of the lanes `places` of x. */
function shuffled(x: Local, bytes: number, places: readonly number[]): Code {
  return i8x16.shuffle(
    x,
    x,
    places.flatMap((lane) => Array.from({ length: bytes }, (_, b) => lane * bytes + b)),
  );
}
