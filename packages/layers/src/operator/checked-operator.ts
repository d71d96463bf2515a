import { type Shape, ShapeError, sameShape, showShape, type Value } from "@paramat/core";
import type { LinearOperator } from "./linear-operator.js";

/**
 * The fixed map y ↦ A y with its transpose z ↦ Aᵀ z, both written by hand; `checkOperator` checks that they belong together. Each call checks the
 * shapes of its argument and its result.
 * @throws ShapeError (from `apply` and `applyTranspose`) if an argument or a result has another shape than declared
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray, roll } from "@paramat/core";
 * import { linearOperator } from "@paramat/layers";
 * const shape = [3];
 * const shift = linearOperator({ name: "shift", inShape: shape, outShape: shape, apply: (y) => roll(y, 1, 1), applyTranspose: (z) => roll(z, -1, 1) });
 * shift.apply(ndarray(cpu(), [[1, 2, 3]])).toNested(); // → [[3, 1, 2]]
 */
export function linearOperator(definition: LinearOperator): LinearOperator {
  const { name, inShape, outShape, tags } = definition;
  const checked = (op: string, f: (x: Value) => Value, from: Shape, to: Shape) => (x: Value) => {
    if (x.shape.length !== from.length + 1 || !sameShape(x.shape.slice(1), from)) {
      throw new ShapeError(`${name}.${op}: the argument is ${showShape(x.shape)}; it must be [${["examples", ...from].join(", ")}]`);
    }
    const result = f(x);
    const want = [x.shape[0] as number, ...to];
    if (!sameShape(result.shape, want)) {
      throw new ShapeError(`${name}.${op}: the result is ${showShape(result.shape)}; it must be ${showShape(want)}`);
    }
    return result;
  };
  return {
    name,
    inShape,
    outShape,
    ...(tags && { tags }),
    apply: checked("apply", (y) => definition.apply(y), inShape, outShape),
    applyTranspose: checked("applyTranspose", (z) => definition.applyTranspose(z), outShape, inShape),
  };
}
