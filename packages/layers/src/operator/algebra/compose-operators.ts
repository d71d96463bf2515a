import { ShapeError, sameShape, showShape } from "@paramat/core";
import { composeTags } from "../../structure/tag-algebra.js";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";

/**
 * The product A₁ A₂ … of fixed maps: the last one acts first.
 * @throws ShapeError if there is none, or a map does not take what the next one gives
 */
export function composeOperators(...factors: readonly LinearOperator[]): LinearOperator {
  const [first, last] = [factors[0], factors.at(-1)];
  if (!first || !last) throw new ShapeError("composeOperators: no factors were given; at least one is needed");
  factors.slice(1).forEach((right, k) => {
    const left = factors[k] as LinearOperator;
    if (!sameShape(left.inShape, right.outShape)) {
      throw new ShapeError(
        `composeOperators: ${left.name} takes ${showShape(left.inShape)}, ${right.name} gives ${showShape(right.outShape)}; the shapes must agree`,
      );
    }
  });
  const tags = factors.map((A) => A.tags ?? []).reduce(composeTags);
  return linearOperator({
    name: factors.map((A) => A.name).join(" ∘ "),
    inShape: last.inShape,
    outShape: first.outShape,
    tags,
    apply: (y) => factors.reduceRight((x, A) => A.apply(x), y),
    applyTranspose: (z) => factors.reduce((x, A) => A.applyTranspose(x), z),
  });
}
