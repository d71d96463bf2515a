import { cpu } from "@paramat/backends";
import { ndarray, rng, type Shape, type Value } from "@paramat/core";

export const backend = cpu("float64");

/** Normal numbers from a seed. */
export function random(seed: number, shape: Shape): Value {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
}

/** Σ_j x_j e^{−2πi j·k/n} over a grid, written out: [re, im] for each frequency, row-major. */
export function naiveDft(x: ArrayLike<number>, grid: Shape): [number, number][] {
  const points = gridPoints(grid);
  return points.map((k) => {
    let [re, im] = [0, 0];
    points.forEach((j, flat) => {
      const angle = -2 * Math.PI * k.reduce((s, ka, a) => s + (ka * j[a]!) / grid[a]!, 0);
      re += x[flat]! * Math.cos(angle);
      im += x[flat]! * Math.sin(angle);
    });
    return [re, im];
  });
}

/** Every point of a grid, row-major. */
export function gridPoints(grid: Shape): number[][] {
  return grid.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])), [[]]);
}
