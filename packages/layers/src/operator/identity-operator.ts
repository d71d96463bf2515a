import type { Shape } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";

/** I y = y. @param inShape of one example */
export function identityOperator(inShape: Shape): LinearOperator {
  return linearOperator({
    name: "identityOperator",
    inShape,
    outShape: inShape,
    tags: ["diagonal", "symmetric", "positiveSemidefinite", "orthogonal", "lowerTriangular", "upperTriangular", "banded"],
    apply: (y) => y,
    applyTranspose: (z) => z,
  });
}
