import type { Shape } from "paramat";

/** A kernel [height, width, …] turned by half a turn: the workloads correlate, Paramat convolves. */
export function turned(values: ArrayLike<number>, [height = 1, width = 1, ...rest]: Shape): Float32Array {
  const inner = rest.reduce((product, n) => product * n, 1);
  const out = new Float32Array(values.length);
  for (let tap = 0; tap < height * width; tap++) {
    for (let i = 0; i < inner; i++) out[(height * width - 1 - tap) * inner + i] = values[tap * inner + i] as number;
  }
  return out;
}
