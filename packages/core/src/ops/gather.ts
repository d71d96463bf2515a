import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { normalizeAxis, type Shape, showShape, sizeOf } from "../shape.js";
import type { Value } from "../value.js";
import { requireKnownOptions } from "./known-options.js";

export interface GatherOptions {
  /** Default 0; negative axes count from the end. */
  readonly axis?: number;
}

/**
 * z[…, k, …] = x[…, indices[k], …] along one axis, and 0 where indices[k] is −1. Its transpose is `scatterAdd`.
 * @param indices each −1 or in 0 … n − 1 (they do not count from the end)
 * @throws ShapeError naming the first index outside
 */
export function gather(x: Value, indices: ArrayLike<number>, options: GatherOptions = {}): Value {
  requireKnownOptions("gather", options, ["axis"]);
  const axis = normalizeAxis("gather", options.axis ?? 0, x.shape.length);
  return gatherOp(x, { axis, index: checkedIndex("gather", indices, x.shape[axis] as number), size: x.shape[axis] as number });
}

/**
 * z[…, indices[k], …] += x[…, k, …] on zeros of size `size` along one axis; entries whose index is −1 go nowhere. Its transpose is `gather`.
 * @param indices one for each entry along the axis, each −1 or in 0 … size − 1
 * @throws ShapeError if there are more or fewer, or one is outside
 */
export function scatterAdd(x: Value, indices: ArrayLike<number>, size: number, options: GatherOptions = {}): Value {
  requireKnownOptions("scatterAdd", options, ["axis"]);
  const axis = normalizeAxis("scatterAdd", options.axis ?? 0, x.shape.length);
  if (!Number.isInteger(size) || size < 0) throw new ShapeError(`scatterAdd: size is ${size}; it must be an integer ≥ 0`);
  if (indices.length !== x.shape[axis]) {
    throw new ShapeError(
      `scatterAdd: ${indices.length} indices for axis ${axis} of ${showShape(x.shape)}; there must be one for each of its ${x.shape[axis]} entries`,
    );
  }
  return scatterOp(x, { axis, index: checkedIndex("scatterAdd", indices, size), size });
}

interface IndexParams {
  readonly axis: number;
  readonly index: Int32Array;
  /** Size of the axis that the index points into. */
  readonly size: number;
}

const gatherOp = defineLinear<IndexParams>({
  name: "gather",
  shape: (x, { axis, index }) => x.map((n, a) => (a === axis ? index.length : n)),
  forward: (backend, x, params) => backend.gather(layoutOf(x.shape, params), x.buffer, backend.uploadIndex(params.index)),
  // ⟨ct, G x⟩ = Σ_k ct[k] x[index[k]]: entry j receives every ct[k] with index[k] = j.
  transpose: (ct, params): Value => scatterOp(ct, params),
});

const scatterOp = defineLinear<IndexParams>({
  name: "scatterAdd",
  shape: (x, { axis, size }) => x.map((n, a) => (a === axis ? size : n)),
  forward: (backend, x, params) => backend.scatterAdd(layoutOf(x.shape, params), x.buffer, backend.uploadIndex(params.index)),
  transpose: (ct, params): Value => gatherOp(ct, params),
});

function layoutOf(shape: Shape, { axis, index, size }: IndexParams) {
  return { outer: sizeOf(shape.slice(0, axis)), size, inner: sizeOf(shape.slice(axis + 1)), count: index.length };
}

function checkedIndex(op: string, indices: ArrayLike<number>, size: number): Int32Array {
  const index = new Int32Array(indices.length);
  for (let k = 0; k < indices.length; k++) {
    const i = indices[k] as number;
    if (!Number.isInteger(i) || i < -1 || i >= size) {
      throw new ShapeError(`${op}: index ${i} at position ${k}; indices must be integers in 0 … ${size - 1}, or −1 for nothing`);
    }
    index[k] = i;
  }
  return index;
}
