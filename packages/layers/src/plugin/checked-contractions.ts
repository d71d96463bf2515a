import { type Shape, ShapeError, sameShape, showShape, type Value } from "@paramat/core";
import type { BlockForm } from "../structure/block-form.js";

/** Three contractions, and the shapes that they are between. */
export interface Contractions {
  readonly name: string;
  readonly thetaShape: Shape;
  readonly inShape: Shape;
  readonly outShape: Shape;
  /** K(θ) y. */
  apply(theta: Value, y: Value): Value;
  /** K(θ)ᵀ z. */
  applyTranspose(theta: Value, z: Value): Value;
  /** Qᵀ vec(z yᵀ), summed over the examples. */
  jacobianTranspose(y: Value, z: Value): Value;
}

/** The same contractions, which throw a ShapeError that names them when an argument or a result has another shape than declared. */
export function checkedContractions(K: Contractions): Pick<Contractions, "apply" | "applyTranspose" | "jacobianTranspose"> {
  const { name, thetaShape, inShape, outShape } = K;
  const requireExamples = (op: string, what: string, x: Value, shape: Shape) => {
    if (x.shape.length !== shape.length + 1 || !sameShape(x.shape.slice(1), shape)) {
      throw new ShapeError(`${name}.${op}: ${what} is ${showShape(x.shape)}; it must be [${["examples", ...shape].join(", ")}]`);
    }
  };
  const requireResult = (op: string, result: Value, want: Shape) => {
    if (!sameShape(result.shape, want)) {
      throw new ShapeError(`${name}.${op}: the result is ${showShape(result.shape)}; it must be ${showShape(want)}`);
    }
    return result;
  };
  return {
    apply(theta, y) {
      requireTheta(`${name}.apply`, theta, thetaShape);
      requireExamples("apply", "y", y, inShape);
      return requireResult("apply", K.apply(theta, y), [y.shape[0] as number, ...outShape]);
    },
    applyTranspose(theta, z) {
      requireTheta(`${name}.applyTranspose`, theta, thetaShape);
      requireExamples("applyTranspose", "z", z, outShape);
      return requireResult("applyTranspose", K.applyTranspose(theta, z), [z.shape[0] as number, ...inShape]);
    },
    jacobianTranspose(y, z) {
      requireExamples("jacobianTranspose", "y", y, inShape);
      requireExamples("jacobianTranspose", "z", z, outShape);
      if (y.shape[0] !== z.shape[0]) {
        throw new ShapeError(
          `${name}.jacobianTranspose: y is ${showShape(y.shape)}, z is ${showShape(z.shape)}; both must have the same number of examples`,
        );
      }
      return requireResult("jacobianTranspose", K.jacobianTranspose(y, z), thetaShape);
    },
  };
}

/** The same form, whose `blocks` throw a ShapeError that names K where θ has another shape than declared. */
export function checkedForm({ name, thetaShape }: Pick<Contractions, "name" | "thetaShape">, form: BlockForm): BlockForm {
  return {
    ...form,
    blocks(theta) {
      requireTheta(`${name}.blocks`, theta, thetaShape);
      return form.blocks(theta);
    },
  };
}

/** @throws ShapeError unless θ has the shape declared */
export function requireTheta(op: string, theta: Value, thetaShape: Shape): void {
  if (sameShape(theta.shape, thetaShape)) return;
  throw new ShapeError(`${op}: theta is ${showShape(theta.shape)}; it must be ${showShape(thetaShape)}`);
}
