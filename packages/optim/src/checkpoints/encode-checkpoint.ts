import type { Backend, Precision } from "@paramat/backends";
import { ndarray, type Shape, sizeOf, type Tree, type Value } from "@paramat/core";
import type { Checkpoint } from "./checkpoint.js";
import { seal, unseal } from "./envelope.js";
import { layoutOf, type TreeLayout, treeOf } from "./tree-layout.js";

/** An array in the file: `offset` counts bytes from the first of the numbers. */
interface StoredArray {
  readonly path: string;
  readonly shape: Shape;
  readonly dtype: Precision;
  readonly offset: number;
}

type Trees = "params" | "optimizerState" | "best";

interface Header extends Omit<Checkpoint, Trees> {
  readonly arrays: readonly StoredArray[];
  readonly trees: { readonly params: TreeLayout; readonly optimizerState: TreeLayout; readonly best: TreeLayout | null };
  readonly best: { readonly epoch: number; readonly loss: number } | null;
}

/** A checkpoint as bytes: every number with its exact bits, in the precision of its backend. */
export async function encodeCheckpoint(checkpoint: Checkpoint): Promise<Uint8Array> {
  const { params, optimizerState, best, ...rest } = checkpoint;
  const values: Value[] = [];
  const arrays: StoredArray[] = [];
  let offset = 0;
  const take = (leaf: Value, path: string): number => {
    const dtype = leaf.backend.precision;
    arrays.push({ path, shape: leaf.shape, dtype, offset });
    offset += leaf.size * bytesPer[dtype];
    return values.push(leaf) - 1;
  };
  const trees = {
    params: layoutOf(params, "params", take),
    optimizerState: layoutOf(optimizerState, "optimizerState", take),
    best: best && layoutOf(best.params, "best", take),
  };
  const header: Header = { ...rest, arrays, trees, best: best && { epoch: best.epoch, loss: best.loss } };
  const numbers = new DataView(new ArrayBuffer(offset));
  for (const [i, value] of values.entries()) writeNumbers(numbers, arrays[i] as StoredArray, await value.read());
  return seal(header, new Uint8Array(numbers.buffer));
}

/**
 * The checkpoint in `bytes`, its arrays on `backend`.
 * @param name of the file, for the errors
 * @throws DataError if the bytes are no checkpoint, of a newer version, truncated or corrupt
 * @remarks A backend of another precision takes the numbers rounded to its own: enough for using a network, while `fit` refuses to continue so.
 */
export async function decodeCheckpoint(bytes: Uint8Array, backend: Backend, name = "the file"): Promise<Checkpoint> {
  const { header, numbers } = await unseal(name, bytes);
  // The hash vouches for a header as `encodeCheckpoint` wrote it.
  const { arrays, trees, best, ...rest } = header as Header;
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const values = arrays.map((stored) => ndarray(backend, readNumbers(view, stored), stored.shape));
  const tree = (layout: TreeLayout): Tree => treeOf(layout, values);
  return {
    ...rest,
    params: tree(trees.params),
    optimizerState: tree(trees.optimizerState),
    best: best && trees.best !== null ? { ...best, params: tree(trees.best) } : null,
  };
}

const bytesPer: Readonly<Record<Precision, number>> = { float64: 8, float32: 4 };

function writeNumbers(view: DataView, { dtype, offset }: StoredArray, numbers: Float64Array | Float32Array): void {
  for (let i = 0; i < numbers.length; i++) {
    if (dtype === "float64") view.setFloat64(offset + 8 * i, numbers[i] as number, true);
    else view.setFloat32(offset + 4 * i, numbers[i] as number, true);
  }
}

function readNumbers(view: DataView, { dtype, offset, shape }: StoredArray): Float64Array | Float32Array {
  const n = sizeOf(shape);
  const numbers = dtype === "float64" ? new Float64Array(n) : new Float32Array(n);
  for (let i = 0; i < n; i++)
    numbers[i] = dtype === "float64" ? view.getFloat64(offset + 8 * i, true) : view.getFloat32(offset + 4 * i, true);
  return numbers;
}
