import type { Backend, Buffer } from "@paramat/backends";
import type { NDArray } from "./array.js";
import type { Shape } from "./shape.js";
import type { Value } from "./value.js";

/**
 * One differentiable op, whole: z = f(x₁, x₂, …; params). Rules are written in ops, so that derivatives of every order follow.
 * Most ops are written in a shorter form that derives the rest: `definePointwise`, `defineLinear`, `defineTrilinear`.
 */
export interface Primitive<P> {
  readonly name: string;
  /** Shape of the result. Everything that can be wrong is refused here, before any work. @throws ShapeError */
  shape(inputs: readonly Shape[], params: P): Shape;
  /** The numbers of the result, which fill `shape`. */
  forward(backend: Backend, inputs: readonly NDArray[], params: P, shape: Shape): Buffer;
  /** Where the result lives, if elsewhere than the inputs: only `toBackend` moves arrays. */
  resultBackend?(params: P): Backend;
  /** dz = Σᵢ ∂f/∂xᵢ · dxᵢ; a tangent that is null is zero, as is a result that is null. */
  jvp(inputs: readonly Value[], tangents: readonly (Value | null)[], output: Value, params: P): Value | null;
  /** (∂f/∂xᵢ)ᵀ ct for every input that is `wanted`; null is zero. Each cotangent has the shape of its input. */
  vjp(inputs: readonly Value[], cotangent: Value, output: Value, params: P, wanted: readonly boolean[]): readonly (Value | null)[];
}
