import { leaves, ndarray, type Tree, type Value } from "@paramat/core";

/** The step count 0, a scalar on the backend of the parameters. @throws TypeError if there are no parameters */
export function initialStep(optimizer: string, params: Tree): Value {
  const first = leaves(params)[0];
  if (first === undefined)
    throw new TypeError(`${optimizer}: the tree of parameters has no leaves; there must be at least one array to train`);
  return ndarray(first.backend, 0);
}
