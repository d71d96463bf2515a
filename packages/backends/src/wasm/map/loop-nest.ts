import { advance, branchIf, type Code, i32, type Local, loop, type Scope, sequence, set, tee } from "../encoder/index.js";

/** One loop of a nest over blocks of entries. */
export interface LoopAxis {
  readonly size: number;
  /** Indices that a block takes along this axis; a last, smaller block takes what remains. */
  readonly step: number;
  /** Bytes from one block to the next, for each pointer. */
  readonly strides: readonly number[];
  /** This loop goes only over the indices that a block takes along that earlier axis, in smaller steps; `size` is then ignored. */
  readonly refines?: number;
}

/** Loops around a block, and the pointers that they move. */
export interface LoopNest {
  readonly scope: Scope;
  readonly axes: readonly LoopAxis[];
  readonly pointers: readonly Local[];
  /** Code of a block that takes `counts[a]` indices along axis a; written once for every combination of whole and remaining blocks. */
  readonly body: (counts: readonly number[]) => Code;
  /** Code inside the loops over the first `counts.length` axes, before the loops over the others, and after them. */
  readonly enter?: (counts: readonly number[]) => Code;
  readonly leave?: (counts: readonly number[]) => Code;
}

/** What is inside the loops over the first `counts.length` axes: the others, outermost first. At the end the pointers are where they were. */
export function insideLoops(nest: LoopNest, counts: readonly number[]): Code {
  return [...(nest.enter?.(counts) ?? []), ...loopsOver(nest, counts), ...(nest.leave?.(counts) ?? [])];
}

/** The body `times` ≥ 1 times. */
export function repeated(scope: Scope, times: Local | number, body: Code): Code {
  const left = scope.local("i32");
  return [...set(left, times), ...loop([...body, ...branchIf(0, tee(left, i32.sub(left, 1)))])];
}

/** Every pointer goes on by `count` blocks. */
export function movePointers(pointers: readonly Local[], strides: readonly number[], count: number): Code {
  return pointers.flatMap((pointer, i) => (strides[i]! * count === 0 ? [] : advance(pointer, strides[i]! * count)));
}

function loopsOver(nest: LoopNest, counts: readonly number[]): Code {
  const { scope, pointers, body } = nest;
  const axis = nest.axes[counts.length];
  if (axis === undefined) return body(counts);
  const { step, strides } = axis;
  const size = axis.refines === undefined ? axis.size : counts[axis.refines]!;
  const whole = Math.floor(size / step);
  const rest = size % step;
  const inside = (count: number): Code => insideLoops(nest, [...counts, count]);
  const moved = rest > 0 || whole > 1 ? whole : 0;
  return sequence(
    whole > 1 ? repeated(scope, whole, [...inside(step), ...movePointers(pointers, strides, 1)]) : [],
    whole === 1 ? [...inside(step), ...movePointers(pointers, strides, moved)] : [],
    rest > 0 ? inside(rest) : [],
    movePointers(pointers, strides, -moved),
  );
}
