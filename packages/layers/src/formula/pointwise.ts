import { arity, constant, evaluate, simplify } from "@paramat/backends";
import { definePointwise, type Value, type ValueLike } from "@paramat/core";
import { parseFormula } from "./parse-formula.js";
import { stableForm } from "./stable-form.js";

export interface PointwiseOptions {
  /** The arguments in order; if left out, the symbols of the formula, x2 before x10. */
  readonly variables?: readonly string[];
  /** Where the function is defined and smooth, a condition in the same variables: "x > 0". Kept for checks and reports; it does not slow the op. */
  readonly domain?: string;
}

/** An op made of a formula. */
export interface PointwiseFunction {
  (...args: readonly ValueLike[]): Value;
  readonly formula: string;
  readonly variables: readonly string[];
  /** The condition as it was given. */
  readonly domain?: string;
  /** Whether a point, one number for each variable, is in the domain; always, where none was given. */
  inDomain(...point: readonly number[]): boolean;
}

/**
 * z[i] = f(x[i], …) from a formula, differentiable to any order: mathjs parses it, and its derivatives are found symbolically. Several variables
 * broadcast. Forms that overflow or cancel, such as log(1 + exp(x)) and 1/(1 + exp(-x)), are computed in their stable form.
 * @param name for errors and summaries
 * @throws SyntaxError if the formula does not parse, has no variable, or holds a symbol or function that is not known
 * @remarks Real numbers throughout: sqrt(−1) and log(−1) are NaN, where mathjs itself gives complex numbers.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { grad, ndarray, sum } from "@paramat/core";
 * import { pointwise } from "@paramat/layers/formula";
 * const softplus = pointwise("softplus", "log(1 + exp(x))");
 * softplus(ndarray(cpu(), [0, 1000])).toNested(); // → [0.6931471805599453, 1000]
 * grad((x) => sum(softplus(x)))(ndarray(cpu(), [0, 1000])).toNested(); // → [0.5, 1]
 */
export function pointwise(name: string, formula: string, options: PointwiseOptions = {}): PointwiseFunction {
  const parsed = parseFormula(name, formula);
  const variables = options.variables ?? parsed.variables;
  if (variables.length === 0) throw new SyntaxError(`${name}: "${formula}" has no variable; write a function of x`);
  const unused = variables.find((variable) => !parsed.symbols.includes(variable));
  if (unused !== undefined) throw new SyntaxError(`${name}: the variable ${unused} is not in "${formula}"; list only those that are`);
  const stable = stableForm(parsed.toExpr(variables));
  const simple = simplify(stable);
  // Simplification may lose a variable (0 · y), which the op still takes as an argument.
  const f = arity(simple) === variables.length ? simple : stable;
  const domain = options.domain === undefined ? constant(1) : parseFormula(`${name}: domain`, options.domain).toExpr(variables);
  return Object.defineProperties(definePointwise({ name, f }) as PointwiseFunction, {
    name: { value: name },
    formula: { value: formula },
    variables: { value: variables },
    ...(options.domain === undefined ? {} : { domain: { value: options.domain } }),
    inDomain: { value: (...point: readonly number[]) => evaluate(domain, point) !== 0 },
  });
}
