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
  const at = (sizes: number | Shape, axis: number) => (typeof sizes === "number" ? sizes : (sizes[axis] as number));
  const outGrid = grid.map((n, a) => {
    const [lo, hi] = padding?.[a] ?? [0, 0];
    return Math.floor((lo + n + hi - at(window, a)) / at(stride, a)) + 1;
  });
  if (grid.length < 1 || outGrid.some((n) => !(n >= 1))) {
    throw new ShapeError(
      `${name}: windows of ${JSON.stringify(window)} do not fit into inputs of ${showShape(inShape)} ([...grid, channels]); use smaller windows`,
    );
  }
  return [...outGrid, inShape.at(-1) as number];
}
