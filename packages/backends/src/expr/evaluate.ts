import type { Expr } from "../expr.js";
import { fold } from "./fold.js";
import { scalarFunctions } from "./scalar-functions.js";

/**
 * f(inputs[0], inputs[1], …) in float64.
 * @throws Error if f reads an input that is not given
 */
export function evaluate(f: Expr, inputs: readonly number[]): number {
  return fold<number>(f, (node, args) => {
    if (node.kind === "const") {
      return node.value;
    }
    if (node.kind === "call") {
      return scalarFunctions[node.op](args[0] as number, args[1] as number, args[2] as number);
    }
    const value = inputs[node.index];
    if (value === undefined) {
      throw new Error(`evaluate: the formula reads input ${node.index}; ${inputs.length} given; give at least ${node.index + 1}`);
    }
    return value;
  });
}
