import type { Backend, Buffer, Contraction } from "@paramat/backends";
import type { NDArray } from "../array.js";
import { ShapeError } from "../errors.js";
import { add } from "../ops/add.js";
import type { Primitive } from "../primitive.js";
import { type Shape, sameShape, showShape } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

/** A trilinear form t(θ, y, z) = ⟨z, K(θ) y⟩ by its three contractions. `params` says everything about the three shapes. */
export interface TrilinearDefinition<P> {
  readonly name: string;
  thetaShape(params: P): Shape;
  yShape(params: P): Shape;
  zShape(params: P): Shape;
  /** `apply`(θ, y) → z, `applyTranspose`(θ, z) → y, `jacobianTranspose`(y, z) → θ. */
  contract(which: Contraction, backend: Backend, a: NDArray, b: NDArray, params: P): Buffer;
}

/** The three contractions as ops. */
export interface Trilinear<P> {
  /** K(θ) y. */
  apply(theta: Value, y: Value, params: P): Value;
  /** K(θ)ᵀ z. */
  applyTranspose(theta: Value, z: Value, params: P): Value;
  /** The θ-gradient of ⟨z, K(θ) y⟩: Qᵀ vec(z yᵀ). */
  jacobianTranspose(y: Value, z: Value, params: P): Value;
}

/**
 * Three ops from a trilinear form. Each is bilinear, and its transposes are the other two, so derivatives of every order are closed:
 * for ⟨z, K(θ)y⟩ the gradient in θ is `jacobianTranspose(y, z)`, in y `applyTranspose(θ, z)`, in z `apply(θ, y)`.
 */
export function defineTrilinear<P>(definition: TrilinearDefinition<P>): Trilinear<P> {
  const shapes = { theta: definition.thetaShape, y: definition.yShape, z: definition.zShape };
  const define = (
    which: Contraction,
    names: readonly [keyof typeof shapes, keyof typeof shapes],
    result: keyof typeof shapes,
    transposes: readonly [(b: Value, ct: Value, params: P) => Value, (a: Value, ct: Value, params: P) => Value],
  ): Primitive<P> => {
    const name = which === "apply" ? definition.name : `${definition.name}.${which}`;
    const primitive: Primitive<P> = {
      name,
      shape(inputs, params) {
        names.forEach((argument, i) => {
          const want = shapes[argument](params);
          const have = inputs[i] as Shape;
          if (!sameShape(have, want)) throw new ShapeError(`${name}: ${argument} is ${showShape(have)}; it must be ${showShape(want)}`);
        });
        return shapes[result](params);
      },
      forward: (backend, [a, b], params) => definition.contract(which, backend, a as NDArray, b as NDArray, params),
      jvp([a, b], [da, db], _output, params) {
        const left = da ? apply(primitive, [da, b as Value], params) : null;
        const right = db ? apply(primitive, [a as Value, db], params) : null;
        return left && right ? add(left, right) : (left ?? right);
      },
      vjp([a, b], ct, _output, params, wanted) {
        return [wanted[0] ? transposes[0](b as Value, ct, params) : null, wanted[1] ? transposes[1](a as Value, ct, params) : null];
      },
    };
    return primitive;
  };
  const ops: Trilinear<P> = {
    apply: (theta, y, params) => apply(forward, [theta, y], params),
    applyTranspose: (theta, z, params) => apply(transpose, [theta, z], params),
    jacobianTranspose: (y, z, params) => apply(gradient, [y, z], params),
  };
  // ⟨ct, K(θ)y⟩
  const forward = define("apply", ["theta", "y"], "z", [ops.jacobianTranspose, ops.applyTranspose]);
  // ⟨ct, K(θ)ᵀz⟩ = ⟨z, K(θ)ct⟩
  const transpose = define("applyTranspose", ["theta", "z"], "y", [(z, ct, p) => ops.jacobianTranspose(ct, z, p), ops.apply]);
  // ⟨ct, Qᵀvec(zyᵀ)⟩ = ⟨z, K(ct)y⟩
  const gradient = define("jacobianTranspose", ["y", "z"], "theta", [
    (z, ct, p) => ops.applyTranspose(ct, z, p),
    (y, ct, p) => ops.apply(ct, y, p),
  ]);
  return ops;
}
