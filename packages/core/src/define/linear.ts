import type { Backend, Buffer } from "@paramat/backends";
import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import type { Shape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

/** A linear map z = A x, by its numbers and its transpose. */
export interface LinearDefinition<P> {
  readonly name: string;
  /** @throws ShapeError */
  shape(x: Shape, params: P): Shape;
  forward(backend: Backend, x: NDArray, params: P, shape: Shape): Buffer;
  /** Aᵀ ct, in ops; it has the shape of x. */
  transpose(ct: Value, params: P, x: Shape): Value;
}

/** An op from a linear map: dz = A dx, and (∂z/∂x)ᵀ ct = Aᵀ ct. */
export function defineLinear<P>(definition: LinearDefinition<P>): (x: Value, params: P) => Value {
  const primitive: Primitive<P> = {
    name: definition.name,
    shape: ([x], params) => definition.shape(x as Shape, params),
    forward: (backend, [x], params, shape) => definition.forward(backend, x as NDArray, params, shape),
    jvp: (_inputs, [dx], _output, params) => (dx ? apply(primitive, [dx], params) : null),
    vjp: ([x], ct, _output, params) => [definition.transpose(ct, params, (x as Value).shape)],
  };
  return (x, params) => apply(primitive, [x], params);
}
