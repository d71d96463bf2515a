import { addRun, copyRun } from "../constant-run.js";
import { type Code, i32, type Local, type Scope, sequence, set } from "../encoder/index.js";
import { lanesCode } from "../map/lanes.js";
import { storeLanes } from "../map/store-lanes.js";
import { transposedLanes } from "../map/transposed-lanes.js";
import type { Numbers } from "../numbers.js";
import type { WalkAxis } from "./part-walk.js";

/** What writes entries: from where `source` points to where `target` points, overwriting or adding. */
export interface RunContext {
  readonly numbers: Numbers;
  readonly scope: Scope;
  readonly source: Local;
  readonly target: Local;
  readonly adds: boolean;
}

/** The first `count` entries of an axis. */
export function runCode(context: RunContext, axis: WalkAxis, count: number): Code {
  const { numbers, scope, source, target, adds } = context;
  if (axis.to === 1 && axis.from === 1) {
    return adds ? addRun(numbers, scope, target, source, count) : copyRun(numbers, target, source, count);
  }
  // From the lowest address on, so that offsets are not negative.
  const low = scope.local("i32");
  const start = axis.from < 0 ? i32.add(source, (count - 1) * axis.from * numbers.bytes) : source;
  const offsets = Array.from({ length: count }, (_, i) => (axis.from < 0 ? i - count + 1 : i) * axis.from);
  return sequence(set(low, start), axis.to === 1 ? vectors(context, low, offsets) : singles(context, low, offsets, axis.to));
}

/** How many entries of an axis are written out one after another. */
export function runChunk({ numbers, adds }: Pick<RunContext, "numbers" | "adds">, axis: WalkAxis): number {
  if (axis.to !== 1) return 4;
  if (axis.from === 1 && !adds) return axis.length;
  return 4 * numbers.lanes;
}

/** `numBeside` turns of `beside`, which reads contiguously, times `count` of `axis`, which writes so: squares are transposed in registers. */
export function tileCode(context: RunContext, beside: WalkAxis, numBeside: number, axis: WalkAxis, count: number): Code {
  const { numbers, scope, source } = context;
  const { lanes } = numbers;
  const offsets = Array.from({ length: count }, (_, l) => l * axis.from);
  if (numBeside === lanes && count === lanes) {
    const [rows, spare] = [0, 1].map(() => Array.from({ length: lanes }, () => scope.local("v128"))) as [Local[], Local[]];
    return sequence(
      transposedLanes(numbers, source, offsets, rows, spare),
      ...rows.map((row, i) => storeOrAdd(context, row, lanes, i * beside.to)),
    );
  }
  const value = scope.local("v128");
  return Array.from({ length: numBeside }, (_, i) =>
    sequence(
      set(
        value,
        lanesCode(
          numbers,
          source,
          offsets.map((offset) => offset + i),
        ),
      ),
      storeOrAdd(context, value, count, i * beside.to),
    ),
  ).flat();
}

function vectors(context: RunContext, low: Local, offsets: readonly number[]): Code {
  const { lanes } = context.numbers;
  const value = context.scope.local("v128");
  const numVectors = Math.ceil(offsets.length / lanes);
  return Array.from({ length: numVectors }, (_, j) => {
    const part = offsets.slice(j * lanes, (j + 1) * lanes);
    return sequence(set(value, lanesCode(context.numbers, low, part)), storeOrAdd(context, value, part.length, j * lanes));
  }).flat();
}

function storeOrAdd({ numbers, target, adds }: RunContext, value: Local, count: number, at: number): Code {
  const { vector, bytes } = numbers;
  const sum = adds ? set(value, vector.add(value, vector.load(target, at * bytes))) : [];
  return sequence(sum, storeLanes(numbers, target, value, count, at));
}

function singles({ numbers, target, adds }: RunContext, low: Local, offsets: readonly number[], to: number): Code {
  const { scalar, bytes } = numbers;
  return offsets.flatMap((offset, i) => {
    const [value, at] = [scalar.load(low, offset * bytes), i * to * bytes];
    return scalar.store(target, adds ? scalar.add(scalar.load(target, at), value) : value, at);
  });
}
