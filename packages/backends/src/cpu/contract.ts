import type { Backend, MatmulSizes, View } from "../backend.js";
import { numEntries, offsets, rowMajorStrides } from "./offsets.js";
import type { Multiply, Operand } from "./product.js";
import { floatsOf, type Storage } from "./storage.js";

/** C[b, i, j] = Σ_k A[b, i, k] B[b, k, j]. */
export function createContract(storage: Storage, multiply: Multiply): Backend["contract"] {
  return (sizes, a, b) => {
    const { batch, m, n, k } = sizes;
    const batches = numEntries(batch);
    const out = storage.accumulator(batches * m * n);
    if (out.length === 0 || k === 0) return storage.finish(out);
    const rank = batch.length;
    const [am, ak] = [a.strides[rank]!, a.strides[rank + 1]!];
    const [bk, bn] = [b.strides[rank]!, b.strides[rank + 1]!];
    const product = { data: out, base: 0 };
    const aInner = offsets([k], [ak]);
    const bInner = offsets([k], [bk]);
    // A factor shared by the whole batch lets the batch be more rows (or more columns) of one large product.
    if (isShared(b, sizes)) {
      multiply(
        { data: floatsOf(a.buffer), base: 0, outer: offsets([...batch, m], a.strides.slice(0, rank + 1), a.offset), inner: aInner },
        { data: floatsOf(b.buffer), base: b.offset, outer: offsets([n], [bn]), inner: bInner },
        { ...product, rows: offsets([batches * m], [n]), cols: offsets([n], [1]) },
      );
      return storage.finish(out);
    }
    if (isShared(a, sizes)) {
      multiply(
        { data: floatsOf(a.buffer), base: a.offset, outer: offsets([m], [am]), inner: aInner },
        { data: floatsOf(b.buffer), base: 0, outer: offsets([...batch, n], [...b.strides.slice(0, rank), bn], b.offset), inner: bInner },
        { ...product, rows: offsets([m], [n]), cols: offsets([...batch, n], [...rowMajorStrides(batch, m * n), 1]) },
      );
      return storage.finish(out);
    }
    const aStarts = offsets(batch, a.strides.slice(0, rank), a.offset);
    const bStarts = offsets(batch, b.strides.slice(0, rank), b.offset);
    const left: Omit<Operand, "base"> = { data: floatsOf(a.buffer), outer: offsets([m], [am]), inner: aInner };
    const right: Omit<Operand, "base"> = { data: floatsOf(b.buffer), outer: offsets([n], [bn]), inner: bInner };
    const rows = offsets([m], [n]);
    const cols = offsets([n], [1]);
    for (let e = 0; e < batches; e++) {
      multiply({ ...left, base: aStarts[e]! }, { ...right, base: bStarts[e]! }, { data: out, base: e * m * n, rows, cols });
    }
    return storage.finish(out);
  };
}

function isShared(view: View, { batch }: MatmulSizes): boolean {
  return batch.every((size, axis) => size === 1 || view.strides[axis] === 0);
}
