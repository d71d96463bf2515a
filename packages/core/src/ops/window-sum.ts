import { type Backend, type Buffer, call, type Expr, input, type View } from "@paramat/backends";
import { defineLinear } from "../define/linear.js";
import { type Shape, stridesOf } from "../shape.js";
import type { Value } from "../value.js";

/** Views added in one pass. A formula grows with them, and beyond this there is nothing left to gain. */
const viewsPerPass = 16;

/**
 * z[e, i, c] = scale · Σ_j x[e, stride·i + j, c] for j in `window`, i as far as windows lie inside the grid.
 * @param x [examples, ...grid, channels]
 * @remarks A small window is read as so many shifted views of x in one pass; a large one axis by axis, so that the cost is the sum of its sizes, not the product.
 */
export function windowSum(x: Value, window: Shape, stride: Shape, scale: number): Value {
  if (window.reduce((a, b) => a * b, 1) <= viewsPerPass) return sumOp(x, { window, stride, scale });
  const alone = (sizes: Shape, axis: number) => sizes.map((n, a) => (a === axis ? n : 1));
  return window.reduce(
    (z, _, axis) => sumOp(z, { window: alone(window, axis), stride: alone(stride, axis), scale: axis === 0 ? scale : 1 }),
    x,
  );
}

interface WindowParams {
  readonly window: Shape;
  readonly stride: Shape;
  readonly scale: number;
}

const sumOp = defineLinear<WindowParams>({
  name: "windowSum",
  shape: (x, { window, stride }) =>
    x.map((n, axis) =>
      axis === 0 || axis === x.length - 1 ? n : Math.floor((n - (window[axis - 1] as number)) / (stride[axis - 1] as number)) + 1,
    ),
  forward(backend, x, params, shape) {
    const { offsets, strides } = layoutOf(x.shape, params);
    return sumOfViews(
      backend,
      shape,
      offsets.map((offset) => ({ buffer: x.buffer, offset, strides })),
      params.scale,
    );
  },
  // Each cell receives the cotangents of all windows that hold it.
  transpose: (ct, params, x): Value => spreadOp(ct, { ...params, to: x }),
});

const spreadOp = defineLinear<WindowParams & { readonly to: Shape }>({
  name: "windowSum.transpose",
  shape: (_z, { to }) => to,
  forward(backend, z, { to, ...params }) {
    const { offsets, strides } = layoutOf(to, params);
    const own = stridesOf(z.shape);
    const view = { buffer: z.buffer, offset: 0, strides: own };
    const source = { ...view, buffer: params.scale === 1 ? z.buffer : backend.map(call("mul", params.scale, input(0)), z.shape, [view]) };
    return backend.place(
      to,
      offsets.map((offset) => ({ source, shape: z.shape, offset, strides })),
    );
  },
  transpose: (ct, { window, stride, scale }): Value => sumOp(ct, { window, stride, scale }),
});

/** Where in an array of `shape` the cells of the first window are, and the strides from window to window. */
function layoutOf(shape: Shape, { window, stride }: WindowParams): { readonly offsets: number[]; readonly strides: number[] } {
  const own = stridesOf(shape);
  let offsets = [0];
  window.forEach((cells, a) => {
    const step = own[a + 1] as number;
    offsets = offsets.flatMap((offset) => Array.from({ length: cells }, (_, j) => offset + j * step));
  });
  return { offsets, strides: own.map((s, axis) => (axis === 0 || axis === own.length - 1 ? s : s * (stride[axis - 1] as number))) };
}

function sumOfViews(backend: Backend, shape: Shape, views: readonly View[], scale: number): Buffer {
  let total: View | null = null;
  for (let first = 0; first < views.length; first += viewsPerPass) {
    const chunk = views.slice(first, first + viewsPerPass);
    const inputs: readonly View[] = total ? [total, ...chunk] : chunk;
    const added = inputs.map((_, i): Expr => input(i)).reduce((a, b) => call("add", a, b));
    const isLast = first + viewsPerPass >= views.length;
    const formula = isLast && scale !== 1 ? call("mul", scale, added) : added;
    total = { buffer: backend.map(formula, shape, inputs), offset: 0, strides: stridesOf(shape) };
  }
  return (total as View).buffer;
}
