import {
  add,
  BackendError,
  concat,
  leaves,
  ndarray,
  reshape,
  type Shape,
  scatterAdd,
  sizeOf,
  type Tree,
  transpose,
  type Value,
} from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { requireTheta } from "../plugin/checked-contractions.js";
import { entryValues } from "../plugin/entry-values.js";
import { hasEntries, type MatrixEntries } from "../plugin/matrix-entries.js";

/**
 * The matrix K(θ), [m, n], differentiable in θ; an example with several axes counts as one column, row-major. From the entries where K can say them,
 * else column by column, K(θ)u_j, in chunks of unit vectors.
 * @throws BackendError if θ has no arrays; ShapeError if it has another shape than K says
 * @remarks For looking at and testing: it holds m·n numbers, which K itself never does.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { convolution, toDense } from "@paramat/layers";
 * const K = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });
 * toDense(K, ndarray(cpu(), [1, 2, 3], [3, 1, 1])).toNested(); // → [[2, 1, 0, 3], [3, 2, 1, 0], [0, 3, 2, 1], [1, 0, 3, 2]]
 */
export function toDense<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta): Value {
  const [first] = leaves(theta);
  if (!first) throw new BackendError(`toDense: θ of ${K.name} holds no array, so there is no backend to compute on; give it at least one`);
  if (hasEntries(K)) {
    requireTheta(`toDense of ${K.name}`, first, K.thetaShape);
    return denseOf(K.entries(), reshape(first, [first.size]));
  }
  const n = sizeOf(K.inShape);
  const m = sizeOf(K.outShape);
  // A chunk's input, result and intermediates stay near 8 MB in float64.
  const chunk = Math.max(1, Math.min(n, Math.floor(2 ** 20 / Math.max(m, n))));
  const columns: Value[] = [];
  for (let start = 0; start < n; start += chunk) {
    const count = Math.min(chunk, n - start);
    const units = unitVectors(first, start, count, K.inShape);
    columns.push(reshape(K.apply(theta, units), [count, m]));
  }
  return transpose(columns.length === 1 ? (columns[0] as Value) : concat(columns, { axis: 0 }));
}

function denseOf(entries: MatrixEntries, theta: Value): Value {
  const { numRows, numCols, rows, cols } = entries.pattern;
  const linear = entryValues(entries).apply(theta);
  const values = entries.constant ? add(linear, ndarray(theta.backend, entries.constant)) : linear;
  const places = rows.map((row, k) => row * numCols + (cols[k] as number));
  return reshape(scatterAdd(values, places, numRows * numCols), [numRows, numCols]);
}

function unitVectors(like: Value, start: number, count: number, shape: Shape): Value {
  const n = sizeOf(shape);
  const flat = new Float64Array(count * n);
  for (let k = 0; k < count; k++) flat[k * n + start + k] = 1;
  return ndarray(like.backend, flat, [count, ...shape]);
}
