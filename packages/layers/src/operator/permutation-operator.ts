import { gather, reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";

/**
 * P y: the entries of each example in another order, z_k = y_{order[k]}, row-major; its transpose is its inverse.
 * @param inShape of one example
 * @param order each of 0 … n − 1 once
 * @throws ShapeError naming the first entry that is outside or named twice
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { permutationOperator } from "@paramat/layers";
 * permutationOperator([3], [2, 0, 1]).apply(ndarray(cpu(), [[10, 20, 30]])).toNested(); // → [[30, 10, 20]]
 */
export function permutationOperator(inShape: Shape, order: ArrayLike<number>): LinearOperator {
  const n = sizeOf(inShape);
  if (order.length !== n) {
    throw new ShapeError(`permutationOperator: ${order.length} entries in the order of ${showShape(inShape)}; there must be ${n}`);
  }
  const inverse = new Int32Array(n).fill(-1);
  for (let k = 0; k < n; k++) {
    const from = order[k] as number;
    if (!Number.isInteger(from) || from < 0 || from >= n || inverse[from] !== -1) {
      throw new ShapeError(`permutationOperator: order[${k}] is ${from}; each of 0 … ${n - 1} must stand there once`);
    }
    inverse[from] = k;
  }
  const forward = Int32Array.from(order);
  const along = (index: Int32Array) => (x: Value) => reshape(gather(reshape(x, [x.shape[0] as number, n]), index, { axis: 1 }), x.shape);
  return linearOperator({
    name: "permutationOperator",
    inShape,
    outShape: inShape,
    tags: ["orthogonal"],
    apply: along(forward),
    applyTranspose: along(inverse),
  });
}
