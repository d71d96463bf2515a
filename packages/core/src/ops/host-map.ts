import { BackendError, ShapeError } from "../errors.js";
import type { Primitive } from "../primitive.js";
import { type Shape, showShape, sizeOf } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

/**
 * f(x) for an array x of one entry, where f is a JavaScript function and not a formula: a schedule, say. A compiled program calls f in each run,
 * where the host reads x and writes the result. The derivative is 0.
 * @throws ShapeError unless x has one entry; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { hostMap, ndarray } from "@paramat/core";
 * hostMap(ndarray(cpu(), 7), (step) => (step < 5 ? 0.1 : 0.01)).item(); // → 0.01
 */
export function hostMap(x: Value, f: (entry: number) => number): Value {
  return apply(primitive, [x], f);
}

const primitive: Primitive<(entry: number) => number> = {
  name: "hostMap",
  shape([x]) {
    if (sizeOf(x as Shape) !== 1) throw new ShapeError(`hostMap: x has shape ${showShape(x as Shape)}; it must have exactly one entry`);
    return x as Shape;
  },
  forward(backend, [x], f) {
    const { buffer } = x as NonNullable<typeof x>;
    if (backend.hostMap) return backend.hostMap(f, buffer);
    if (!backend.readSync) {
      throw new BackendError(`hostMap: ${backend.name} cannot be read without waiting; use \`ndarray(backend, f((await x.read())[0]))\``);
    }
    return backend.upload([f(backend.readSync(buffer)[0] as number)]);
  },
  jvp: () => null,
  vjp: () => [null],
};
