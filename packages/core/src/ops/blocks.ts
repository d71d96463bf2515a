import { input } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import type { Primitive } from "../primitive.js";
import { type Shape, showShape, stridesOf } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

/** A regular block of an array: entry (i₀, i₁, …) of the block is entry start + step·i of the array; a negative step runs backwards. */
export interface Block {
  readonly start: readonly number[];
  readonly step: readonly number[];
}

/** The block that starts at `start` and takes every entry. */
export function denseBlock(start: readonly number[]): Block {
  return { start, step: start.map(() => 1) };
}

/** z[i] = x[start + step·i] for i in `size`: one pass that reads through a view. Its transpose is `placeBlocks` of one block. */
export function readBlock(x: Value, block: Block, size: Shape): Value {
  return readOp(x, { block, size });
}

/**
 * Zeros of `shape` plus each array at its block; where blocks overlap they add. The transpose with respect to each array reads its block.
 * @param shape at least one array is needed, to know the backend
 */
export function placeBlocks(values: readonly Value[], blocks: readonly Block[], shape: Shape): Value {
  return apply(placeOp, values, { blocks, shape });
}

const readOp = defineLinear<{ readonly block: Block; readonly size: Shape }>({
  name: "readBlock",
  shape(x, { block, size }) {
    requireInside("readBlock", block, size, x);
    return size;
  },
  forward: (backend, x, { block, size }) => backend.map(input(0), size, [{ buffer: x.buffer, ...layoutOf(block, x.shape) }]),
  // Each entry that was read receives its cotangent; the others receive none.
  transpose: (ct, { block }, x) => placeBlocks([ct], [block], x),
});

interface PlaceParams {
  readonly blocks: readonly Block[];
  readonly shape: Shape;
}

// out = Σ_k P_k x_k with P_k the transpose of reading block k.
const placeOp: Primitive<PlaceParams> = {
  name: "placeBlocks",
  shape(inputs, { blocks, shape }) {
    inputs.forEach((size, k) => requireInside("placeBlocks", blocks[k] as Block, size, shape));
    return shape;
  },
  forward: (backend, inputs, { blocks, shape }) =>
    backend.place(
      shape,
      inputs.map((x, k) => ({
        source: { buffer: x.buffer, offset: 0, strides: stridesOf(x.shape) },
        shape: x.shape,
        ...layoutOf(blocks[k] as Block, shape),
      })),
    ),
  jvp(_inputs, tangents, _output, { blocks, shape }) {
    const present = tangents.flatMap((dx, k) => (dx ? [{ dx, block: blocks[k] as Block }] : []));
    return present.length === 0
      ? null
      : placeBlocks(
          present.map((p) => p.dx),
          present.map((p) => p.block),
          shape,
        );
  },
  vjp: (inputs, ct, _output, { blocks }, wanted) => inputs.map((x, k) => (wanted[k] ? readBlock(ct, blocks[k] as Block, x.shape) : null)),
};

function layoutOf({ start, step }: Block, shape: Shape): { readonly offset: number; readonly strides: readonly number[] } {
  const own = stridesOf(shape);
  return {
    offset: own.reduce((offset, stride, axis) => offset + stride * (start[axis] as number), 0),
    strides: own.map((stride, axis) => stride * (step[axis] as number)),
  };
}

function requireInside(op: string, { start, step }: Block, size: Shape, shape: Shape): void {
  const fits = (axis: number): boolean => {
    const first = start[axis] as number;
    const last = first + (step[axis] as number) * ((size[axis] as number) - 1);
    return Math.min(first, last) >= 0 && Math.max(first, last) < (shape[axis] as number);
  };
  if (size.length !== shape.length || (size.every((n) => n > 0) && !size.every((_, axis) => fits(axis)))) {
    throw new ShapeError(
      `${op}: a block of ${showShape(size)} from ${showShape(start)} in steps of ${showShape(step)} reaches outside ${showShape(shape)}; it must lie inside`,
    );
  }
}
