import { add, ShapeError, sameShape, showShape } from "@paramat/core";
import { sumTags } from "../../structure/tag-algebra.js";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";

/**
 * The sum A₁ + A₂ + … of fixed maps.
 * @throws ShapeError if there is none, or their shapes differ
 */
export function sumOperators(...terms: readonly LinearOperator[]): LinearOperator {
  const [first] = terms;
  if (!first) throw new ShapeError("sumOperators: no terms were given; at least one is needed");
  const odd = terms.find((A) => !sameShape(A.inShape, first.inShape) || !sameShape(A.outShape, first.outShape));
  if (odd) {
    const between = (A: LinearOperator) => `${A.name} maps ${showShape(A.inShape)} to ${showShape(A.outShape)}`;
    throw new ShapeError(`sumOperators: ${between(first)}, ${between(odd)}; the shapes must agree`);
  }
  const tags = terms.map((A) => A.tags ?? []).reduce(sumTags);
  return linearOperator({
    name: terms.map((A) => A.name).join(" + "),
    inShape: first.inShape,
    outShape: first.outShape,
    tags,
    apply: (y) => terms.map((A) => A.apply(y)).reduce((a, b) => add(a, b)),
    applyTranspose: (z) => terms.map((A) => A.applyTranspose(z)).reduce((a, b) => add(a, b)),
  });
}
