import type { Backend } from "../backend.js";
import { type FourierPlan, fourierPlan } from "./fourier.js";
import { numEntries } from "./offsets.js";
import { floatsOf, type Storage } from "./storage.js";

/** F over `axes` of [2, ...shape]; the inverse is divided by the lengths. Computed in float64, one plan kept for each length met. */
export function createFft(storage: Storage): Backend["fft"] {
  const plans = new Map<number, FourierPlan>();
  const planFor = (n: number): FourierPlan => {
    const held = plans.get(n);
    if (held !== undefined) return held;
    const made = fourierPlan(n);
    plans.set(n, made);
    return made;
  };
  return (shape, axes, inverse, buffer) => {
    const size = numEntries(shape);
    const out = storage.accumulator(2 * size);
    out.set(floatsOf(buffer));
    if (size === 0) return storage.finish(out);
    for (const axis of axes) {
      const n = shape[axis]!;
      if (n === 1) continue;
      const source = storage.scratch("line", 2 * n);
      const image = storage.scratch("image", 2 * n);
      transformLines(planFor(n), out, n, numEntries(shape.slice(axis + 1)), inverse, source, image);
    }
    return storage.finish(out);
  };
}

/** One axis of [2, outer, n, inner] in place. The inverse is the forward transform with the two planes' roles exchanged, over n. */
function transformLines(
  plan: FourierPlan,
  planes: Float64Array,
  n: number,
  inner: number,
  inverse: boolean,
  source: Float64Array,
  image: Float64Array,
): void {
  const size = planes.length / 2;
  const first = inverse ? size : 0;
  const second = inverse ? 0 : size;
  const scale = inverse ? 1 / n : 1;
  for (let start = 0; start < size; start += n * inner) {
    for (let i = 0; i < inner; i++) {
      for (let j = 0, p = start + i; j < 2 * n; j += 2, p += inner) {
        source[j] = planes[first + p]!;
        source[j + 1] = planes[second + p]!;
      }
      plan(image, source);
      for (let j = 0, p = start + i; j < 2 * n; j += 2, p += inner) {
        planes[first + p] = image[j]! * scale;
        planes[second + p] = image[j + 1]! * scale;
      }
    }
  }
}
