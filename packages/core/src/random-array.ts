import type { Backend } from "@paramat/backends";
import { NDArray } from "./array.js";
import { BackendError } from "./errors.js";
import type { Rng } from "./rng.js";
import { checkShape, type Shape, sizeOf } from "./shape.js";
import type { Value } from "./value.js";

/**
 * An array whose entries are `draw(rng)`, one after another in row-major order. In a compiled function whose argument `rng` is, each call draws
 * anew, what the plain function would draw.
 * @param draw takes its numbers from the stream that it is given, and from nothing else that changes
 * @example
 * import { cpu } from "@paramat/backends";
 * import { randomArray, rng } from "@paramat/core";
 * randomArray(rng(1), cpu(), [4], (stream) => stream.int(2)).shape; // → [4]
 */
export function randomArray(rng: Rng, backend: Backend, shape: Shape, draw: (rng: Rng) => number): Value {
  checkShape("randomArray", shape);
  const fill = (stream: unknown, out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) out[i] = draw(stream as Rng);
  };
  if (rng.recorded) {
    const { backend: recording, draw: recordDraw } = rng.recorded;
    if (backend !== recording && backend !== recording.records) {
      throw new BackendError(
        `randomArray: the stream belongs to a function compiled for ${recording.records?.name}; the array is to be on ${backend.name}`,
      );
    }
    return new NDArray(recording, recordDraw(sizeOf(shape), fill), shape);
  }
  const numbers = new Float64Array(sizeOf(shape));
  fill(rng, numbers);
  return new NDArray(backend, backend.upload(numbers), shape);
}

/** Entries uniform in [0, 1). */
export function uniformArray(rng: Rng, backend: Backend, shape: Shape): Value {
  return randomArray(rng, backend, shape, (stream) => stream.uniform());
}

/** Standard normal entries. */
export function normalArray(rng: Rng, backend: Backend, shape: Shape): Value {
  return randomArray(rng, backend, shape, (stream) => stream.normal());
}
