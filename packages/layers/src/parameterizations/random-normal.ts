import type { Backend } from "@paramat/backends";
import { ndarray, type Rng, type Shape, sizeOf, type Value } from "@paramat/core";

/** Independent normal numbers with mean 0 and the given standard deviation. */
export function randomNormal(rng: Rng, backend: Backend, shape: Shape, deviation: number): Value {
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => deviation * rng.normal()),
    shape,
  );
}
