import type { Expr } from "../../expr.js";
import type { Code, Local } from "../encoder/index.js";
import { formulaCost } from "../formula/formula-cost.js";
import { formulaCode } from "../formula.js";
import type { MathContext } from "../math/math-context.js";

/** Instructions that a block may hold of one formula, written out for each vector; longer formulas become a function. */
const longest = 800;

/** f as code that can be written for each of `vectors` vectors of a block: in place while that is short, else as calls of one function. */
export function vectorFormula(context: MathContext, f: Expr, numInputs: number, vectors: number): (inputs: readonly Local[]) => Code {
  if (formulaCost(f) * vectors <= longest) return (inputs) => formulaCode(context, f, inputs);
  const { module, numbers } = context;
  const params = new Array<"v128">(numInputs).fill("v128");
  const called = module.func(params, ["v128"], (locals, scope) => formulaCode({ module, numbers, scope }, f, locals));
  return (inputs) => called(...inputs);
}
