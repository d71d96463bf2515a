import { constant, type Expr } from "../expr.js";
import { derivativeRules } from "./derivative-rules.js";
import { fold } from "./fold.js";

/**
 * ∂f/∂x_index as a formula of the same inputs, simplified; `constant(0)` where f does not depend on that input.
 * Nodes of f are reused (exp′ is the very exp node, sigmoid′ = s·(1 − s) with the same s), so f and f′ evaluated together share their work.
 * @remarks At kinks: |x|′ = 0 at 0; sign, floor, ceil, round and comparisons have derivative 0 everywhere; min and max at a tie give half to each
 * argument; select differentiates the branch taken, its condition contributes 0; ∂xⁿ/∂n = 0 at x = 0; √x′ = ∞ at 0.
 */
export function differentiate(f: Expr, index: number): Expr {
  const zero = constant(0);
  return fold<Expr>(f, (node, tangents) => {
    if (node.kind === "input") {
      return constant(node.index === index ? 1 : 0);
    }
    if (node.kind === "const" || tangents.every((t) => t.kind === "const" && t.value === 0)) {
      return zero;
    }
    return derivativeRules[node.op](node, node.args as readonly [Expr, Expr, Expr], tangents as readonly [Expr, Expr, Expr]);
  });
}
