import type { Contraction, View } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { defineTrilinear } from "../define/trilinear.js";
import { ShapeError } from "../errors.js";
import { broadcastShapes, type Shape, showShape, sizeOf } from "../shape.js";
import type { Value } from "../value.js";
import { broadcastTo } from "./broadcast.js";
import { reshape } from "./reshape.js";

export interface MatmulOptions {
  /** Use aᵀ (its last two axes swapped), without a copy. */
  readonly transposeA?: boolean;
  /** Use bᵀ, without a copy. */
  readonly transposeB?: boolean;
}

/**
 * The matrix product a b, batched: axes before the last two broadcast.
 * @param a [...batch, m, k]; with `transposeA` [...batch, k, m]
 * @param b [...batch, k, n]; with `transposeB` [...batch, n, k]
 * @returns [...batch, m, n]
 * @throws ShapeError if the inner sizes differ, the batches do not broadcast, or an argument has fewer than 2 axes
 */
export function matmul(a: Value, b: Value, options: MatmulOptions = {}): Value {
  const { transposeA = false, transposeB = false } = options;
  const [m, k] = matrixSizes("a", a.shape, transposeA);
  const [inner, n] = matrixSizes("b", b.shape, transposeB);
  if (k !== inner) {
    const axis = (transposed: boolean, last: boolean) => (transposed !== last ? "last" : "second-last");
    throw new ShapeError(
      `matmul: inner sizes differ: a is ${showShape(a.shape)}${transposeA ? " transposed" : ""}, b is ${showShape(b.shape)}${transposeB ? " transposed" : ""}; a's ${axis(transposeA, true)} axis (${k}) must equal b's ${axis(transposeB, false)} (${inner})`,
    );
  }
  const batchA = a.shape.slice(0, -2);
  const batchB = b.shape.slice(0, -2);
  // One matrix on the right of many on the left is one tall product.
  if (batchB.length === 0 && batchA.length > 0 && !transposeA) {
    const tall = matmul(reshape(a, [sizeOf(batchA) * m, k]), b, { transposeB });
    return reshape(tall, [...batchA, m, n]);
  }
  const batch = broadcastShapes("matmul (batch axes)", [batchA, batchB]);
  const left = broadcastTo(a, [...batch, ...a.shape.slice(-2)]);
  const right = broadcastTo(b, [...batch, ...b.shape.slice(-2)]);
  return product.apply(left, right, { batch, m, n, k, transposeA, transposeB });
}

interface MatmulParams {
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

// t(A, B, Z) = Σ Z[i, j] A[i, k] B[k, j]: A B, Aᵀ Z and Z Bᵀ, each in the layout in which its result is stored.
const product = defineTrilinear<MatmulParams>({
  name: "matmul",
  thetaShape: ({ batch, m, k, transposeA }) => [...batch, ...(transposeA ? [k, m] : [m, k])],
  yShape: ({ batch, n, k, transposeB }) => [...batch, ...(transposeB ? [n, k] : [k, n])],
  zShape: ({ batch, m, n }) => [...batch, m, n],
  contract(which: Contraction, backend, first, second, { batch, m, n, k, transposeA, transposeB }) {
    if (which === "apply") return backend.contract({ batch, m, n, k }, view(first, transposeA), view(second, transposeB));
    if (which === "applyTranspose") {
      // AᵀZ is k × n; stored transposed it is ZᵀA.
      return transposeB
        ? backend.contract({ batch, m: n, n: k, k: m }, view(second, true), view(first, transposeA))
        : backend.contract({ batch, m: k, n, k: m }, view(first, !transposeA), view(second, false));
    }
    // ZBᵀ is m × k; stored transposed it is BZᵀ. Here `first` is B and `second` is Z.
    return transposeA
      ? backend.contract({ batch, m: k, n: m, k: n }, view(first, transposeB), view(second, true))
      : backend.contract({ batch, m, n: k, k: n }, view(second, false), view(first, !transposeB));
  },
});

/** The stored matrices, or (`transposed`) their transposes. */
function view(x: NDArray, transposed: boolean): View {
  const rows = x.shape.at(-2) as number;
  const cols = x.shape.at(-1) as number;
  const strides = new Array<number>(x.shape.length);
  let stride = rows * cols;
  for (let axis = x.shape.length - 3; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= x.shape[axis] as number;
  }
  strides[x.shape.length - 2] = transposed ? 1 : cols;
  strides[x.shape.length - 1] = transposed ? cols : 1;
  return { buffer: x.buffer, offset: 0, strides };
}

function matrixSizes(name: string, shape: Shape, transposed: boolean): [rows: number, cols: number] {
  if (shape.length < 2)
    throw new ShapeError(`matmul: ${name} is ${showShape(shape)}; it must have at least 2 axes (reshape a vector to one row or column)`);
  const [rows, cols] = shape.slice(-2) as [number, number];
  return transposed ? [cols, rows] : [rows, cols];
}
