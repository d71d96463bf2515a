import { type Backend, type Buffer, type Contraction, call, input, type View } from "@paramat/backends";
import { type Shape, stridesOf } from "@paramat/core";

/** Complex arrays over frequencies: θ̂ is [2, frequencies, ci, groups, co], ŷ is [2, examples, frequencies, groups, ci], ẑ the same with co. */
export interface FrequencySizes {
  readonly examples: number;
  readonly frequencies: number;
  readonly groups: number;
  /** ci and co: the channels of one group. */
  readonly channelsIn: number;
  readonly channelsOut: number;
}

/**
 * One small block B[o, i] = θ̂[i, o] for each frequency and group: ẑ = B ŷ, ŷ = Bᴴ ẑ, or B = Σₑ ẑ ŷᴴ; arguments and result as `Contraction` says.
 * @remarks A complex product is two real ones, the planes of one factor in order and then exchanged. Blocks of one entry are one pass over everything.
 */
export function frequencyProduct(which: Contraction, backend: Backend, sizes: FrequencySizes, a: Buffer, b: Buffer): Buffer {
  const { examples, frequencies, groups, channelsIn, channelsOut } = sizes;
  const theta = [2, frequencies, channelsIn, groups, channelsOut];
  const y = [2, examples, frequencies, groups, channelsIn];
  const z = [2, examples, frequencies, groups, channelsOut];
  // Only B ŷ is a product without a conjugate.
  const signs = which === "apply" ? [-1, 1] : [1, -1];
  const batch = [2, frequencies, groups];
  if (channelsIn === 1 && channelsOut === 1) {
    const block = which === "jacobianTranspose" ? read(a, y, [0, 1, 2, 3]) : read(a, theta, [0, null, 1, 3]);
    const shape = [2, examples, frequencies, groups];
    const entries = combine(backend, signs, shape, [...turning(read(b, z, [0, 1, 2, 3])), ...still(block)], true);
    return which === "jacobianTranspose" ? backend.reduce("sum", shape, [1], entries) : entries;
  }
  const matrices = (
    m: number,
    n: number,
    k: number,
    left: readonly [View, View],
    right: readonly [View, View],
    order: readonly number[],
  ) => {
    const parts = [0, 1].map((i) => backend.contract({ batch, m, n, k }, left[i] as View, right[i] as View));
    const views = parts.map((part) => read(part, [...batch, m, n], order));
    const shape = order.map((axis) => [...batch, m, n][axis] as number);
    return combine(backend, signs, shape, views, false);
  };
  if (which === "apply") {
    const [rows, blocks] = [turning(read(b, y, [0, 2, 3, 1, 4])), still(read(a, theta, [0, 1, 3, 2, 4]))];
    return matrices(examples, channelsOut, channelsIn, rows, blocks, [0, 3, 1, 2, 4]);
  }
  if (which === "applyTranspose") {
    const [rows, blocks] = [turning(read(b, z, [0, 2, 3, 1, 4])), still(read(a, theta, [0, 1, 3, 4, 2]))];
    return matrices(examples, channelsIn, channelsOut, rows, blocks, [0, 3, 1, 2, 4]);
  }
  const [columns, rows] = [still(read(a, y, [0, 2, 3, 4, 1])), turning(read(b, z, [0, 2, 3, 1, 4]))];
  return matrices(channelsIn, channelsOut, examples, columns, rows, [0, 1, 3, 2, 4]);
}

/** A contiguous array read with its axes in another order; null repeats it along a new axis. */
function read(buffer: Buffer, shape: Shape, axes: readonly (number | null)[]): View {
  const strides = stridesOf(shape);
  return { buffer, offset: 0, strides: axes.map((axis) => (axis === null ? 0 : (strides[axis] as number))) };
}

/** Both planes as they are; both planes exchanged. */
function turning({ buffer, offset, strides: [plane = 0, ...rest] }: View): [View, View] {
  return [
    { buffer, offset, strides: [plane, ...rest] },
    { buffer, offset: offset + plane, strides: [-plane, ...rest] },
  ];
}

/** The real plane for both; the imaginary plane for both. */
function still({ buffer, offset, strides: [plane = 0, ...rest] }: View): [View, View] {
  return [
    { buffer, offset, strides: [0, ...rest] },
    { buffer, offset: offset + plane, strides: [0, ...rest] },
  ];
}

/** First part + sign · second part, sign by plane; `factors` says that a part is the product of a turning and a still view. */
function combine(backend: Backend, signs: readonly number[], shape: Shape, views: readonly View[], factors: boolean): Buffer {
  const sign: View = { buffer: backend.upload(signs), offset: 0, strides: shape.map((_, axis) => (axis === 0 ? 1 : 0)) };
  const product = (i: number) => (factors ? call("mul", input(i), input(i + 2)) : input(i));
  const formula = call("add", product(0), call("mul", input(views.length), product(1)));
  return backend.map(formula, shape, [...views, sign]);
}
