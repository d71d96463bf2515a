import { turns } from "../block-loops.js";
import {
  advance,
  type Code,
  f32x4,
  f64x2,
  i8x16,
  i32,
  i32x4,
  i64,
  i64x2,
  type Local,
  type Operand,
  sequence,
  set,
  v128,
  when,
} from "../encoder/index.js";
import { lanesCode } from "../map/lanes.js";
import { storeLanes } from "../map/store-lanes.js";
import type { MathContext } from "../math/math-context.js";
import type { WindowAxis } from "./window-axis.js";

/** What is compared: a function of numbers that lie at each cell. */
export interface CellValues {
  /** For each argument, its strides in numbers along the grid's axes, and along the channels. */
  readonly strides: readonly (readonly number[])[];
  readonly channelStrides: readonly number[];
  /** Code that leaves the value of every lane on the stack. */
  readonly value: (context: MathContext, args: readonly Local[]) => Code;
  /** Roughly how many instructions that is. */
  readonly cost: number;
}

/** A window's first cell: where its arguments are, its flat position, and for each axis how many cells of the window are in the grid. */
export interface WindowPlace {
  readonly pointers: readonly Local[];
  readonly position: Local;
  readonly counts: readonly Operand[];
  /** Whether every cell is in the grid; null where that is so for all windows. */
  readonly whole: Local | null;
}

/** Code that writes, for `count` ≤ lanes channels, the position of the window's first maximum to where `out` points; the first NaN counts as the maximum. */
export function windowMaximum(
  context: MathContext,
  axes: readonly WindowAxis[],
  positionStrides: readonly number[],
  values: CellValues,
  place: WindowPlace,
  out: Local,
  count: number,
): Code {
  const { scope } = context;
  const state = { best: scope.local("v128"), at: scope.local("v128"), value: scope.local("v128") };
  const numCells = axes.reduce((product, { window }) => product * window, 1);
  const writtenOut = numCells * (3 + values.cost) <= LONGEST;
  const loops = (): Code => cellLoops(context, positionStrides, values, place, count, state);
  const search = !writtenOut
    ? loops()
    : place.whole === null
      ? allCells(context, axes, positionStrides, values, place, count, state)
      : when(place.whole, allCells(context, axes, positionStrides, values, place, count, state), loops());
  return sequence(search, storePositions(context, place.position, state.at, out, count));
}

/** Instructions of a window that is written out cell by cell. */
const LONGEST = 160;

/** `at` holds positions relative to the window's first cell, and without the channel of the lane. */
interface State {
  readonly best: Local;
  readonly at: Local;
  readonly value: Local;
}

/** Every cell, at constant offsets. */
function allCells(
  context: MathContext,
  axes: readonly WindowAxis[],
  positionStrides: readonly number[],
  values: CellValues,
  { pointers }: WindowPlace,
  count: number,
  state: State,
): Code {
  const cells = axes.reduce<readonly (readonly number[])[]>(
    (list, { window }) => list.flatMap((cell) => Array.from({ length: window }, (_, i) => [...cell, i])),
    [[]],
  );
  const along = (strides: readonly number[], cell: readonly number[]): number => cell.reduce((sum, i, a) => sum + i * strides[a]!, 0);
  return cells.flatMap((cell, k) => {
    const offsets = values.strides.map((strides) => along(strides, cell));
    const position = constantPosition(context, along(positionStrides, cell));
    const value = cellValue(context, values, pointers, offsets, count);
    return k === 0
      ? sequence(set(state.best, value), set(state.at, position))
      : sequence(set(state.value, value), keepGreater(context, state, position));
  });
}

/** Only the cells in the grid, by loops. */
function cellLoops(
  context: MathContext,
  positionStrides: readonly number[],
  values: CellValues,
  place: WindowPlace,
  count: number,
  state: State,
): Code {
  const { scope, numbers } = context;
  const pointers = place.pointers.map(() => scope.local("i32"));
  const offset = scope.local("i32");
  const moving = [...pointers, offset];
  const offsets = pointers.map(() => 0);
  const nest = (axis: number): Code => {
    if (axis === place.counts.length) {
      return sequence(
        set(state.value, cellValue(context, values, pointers, offsets, count)),
        keepGreater(context, state, splatPosition(context, offset)),
      );
    }
    const saved = moving.map(() => scope.local("i32"));
    const steps = [...values.strides.map((strides) => strides[axis]! * numbers.bytes), positionStrides[axis]!];
    const turn = [...nest(axis + 1), ...moving.flatMap((local, m) => advance(local, steps[m]!))];
    return sequence(
      ...moving.map((local, m) => set(saved[m]!, local)),
      turns(scope, place.counts[axis] as Local | number, turn),
      ...moving.map((local, m) => set(local, saved[m]!)),
    );
  };
  return sequence(
    ...place.pointers.map((pointer, k) => set(pointers[k]!, pointer)),
    set(offset, 0),
    // Where nothing is greater than −∞, the first cell stays.
    set(state.best, numbers.vector.splat(-Infinity)),
    set(state.at, constantPosition(context, 0)),
    nest(0),
  );
}

function keepGreater({ numbers: { vector } }: MathContext, { best, at, value }: State, position: Code): Code {
  // Not value ≤ best, so that NaN is kept; but nothing follows a NaN.
  const mask = v128.andnot(vector.eq(best, best), vector.le(value, best));
  return sequence(set(at, v128.bitselect(position, at, mask)), set(best, v128.bitselect(value, best, mask)));
}

function cellValue(context: MathContext, values: CellValues, pointers: readonly Local[], offsets: readonly number[], count: number): Code {
  const { scope, numbers } = context;
  const args = pointers.map(() => scope.local("v128"));
  const loads = pointers.map((pointer, k) => {
    const lanes = Array.from({ length: count }, (_, lane) => offsets[k]! + lane * values.channelStrides[k]!);
    const low = Math.min(0, ...lanes);
    if (low === 0) return set(args[k]!, lanesCode(numbers, pointer, lanes));
    const below = scope.local("i32");
    const shifted = lanes.map((offset) => offset - low);
    return sequence(set(below, i32.add(pointer, low * numbers.bytes)), set(args[k]!, lanesCode(numbers, below, shifted)));
  });
  return sequence(...loads, values.value(context, args));
}

/** Positions have the width of the numbers that they belong to. */
function constantPosition({ numbers }: MathContext, position: number): Code {
  return numbers.bytes === 4 ? i32x4.splat(position) : i64x2.splat(position);
}

function splatPosition({ numbers }: MathContext, position: Operand): Code {
  return numbers.bytes === 4 ? i32x4.splat(position) : i64x2.splat(i64.extendI32S(position));
}

function storePositions(context: MathContext, first: Local, at: Local, out: Local, count: number): Code {
  const { numbers } = context;
  const lane = numbers.bytes === 4 ? [0, 1, 2, 3] : [0, 1];
  const laneBytes = lane.flatMap((l) => Array.from({ length: numbers.bytes }, (_, b) => (b === 0 ? l : 0)));
  const add = numbers.bytes === 4 ? i32x4.add : i64x2.add;
  const sum = set(at, add(at, add(splatPosition(context, first), v128.constant(laneBytes))));
  if (numbers.bytes === 4) return sequence(sum, storeLanes(numbers, out, at, count, 0));
  const low = i8x16.shuffle(at, at, [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11]);
  return sequence(sum, count === 2 ? f64x2.storeLane(out, low, 0) : f32x4.storeLane(out, low, 0));
}
