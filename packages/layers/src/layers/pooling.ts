import { avgPool, maxPool, type PoolOptions, type Shape, ShapeError, showShape, type Value } from "@paramat/core";
import type { Layer } from "../layer.js";

/** The largest entry of each window and channel; the first of equal ones passes the derivative. [...grid, channels] to a smaller grid. */
export function maxPooling(options: PoolOptions): Layer {
  return pooling("maxPool", maxPool, options);
}

/** The mean over each window and channel. [...grid, channels] to a smaller grid. */
export function averagePooling(options: PoolOptions): Layer {
  return pooling("avgPool", avgPool, options);
}

function pooling(name: string, pool: (x: Value, options: PoolOptions) => Value, options: PoolOptions): Layer {
  return {
    name,
    build(inShape) {
      const outShape = pooledShape(name, inShape, options);
      return { name, inShape, outShape, numParams: 0, init: () => ({}), forward: (_params, y) => pool(y, options) };
    },
  };
}

function pooledShape(name: string, inShape: Shape, { window, stride = window, padding }: PoolOptions): Shape {
  const grid = inShape.slice(0, -1);
  const windows = perAxis(name, "window", window, grid.length);
  const strides = perAxis(name, "stride", stride, grid.length);
  const borders = padding ?? grid.map((): [number, number] => [0, 0]);
  const outGrid = grid.map((n, a) => {
    const [lo, hi] = borders[a] as readonly [number, number];
    return Math.floor((lo + n + hi - (windows[a] as number)) / (strides[a] as number)) + 1;
  });
  if (
    grid.length < 1 ||
    borders.length !== grid.length ||
    outGrid.some((n) => !(n >= 1)) ||
    borders.some((b, a) => Math.max(...b) >= (windows[a] as number))
  ) {
    throw new ShapeError(
      `${name}: windows of ${JSON.stringify(window)} with padding ${JSON.stringify(padding ?? 0)} do not fit into inputs of ${showShape(inShape)} ([...grid, channels]); use smaller windows, and less padding than window`,
    );
  }
  return [...outGrid, inShape.at(-1) as number];
}

function perAxis(name: string, what: string, sizes: number | Shape, dims: number): Shape {
  const list = typeof sizes === "number" ? new Array<number>(dims).fill(sizes) : sizes;
  if (list.length !== dims || !list.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(`${name}: ${what} is ${JSON.stringify(sizes)}; it must be a positive integer, or ${dims} of them`);
  }
  return list;
}
