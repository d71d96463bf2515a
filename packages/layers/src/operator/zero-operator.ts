import { type Shape, zeros } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";

/** 0 y = 0. @param inShape of one example @param outShape of one result */
export function zeroOperator(inShape: Shape, outShape: Shape): LinearOperator {
  return linearOperator({
    name: "0",
    inShape,
    outShape,
    apply: (y) => zeros(y.backend, [y.shape[0] as number, ...outShape]),
    applyTranspose: (z) => zeros(z.backend, [z.shape[0] as number, ...inShape]),
  });
}
