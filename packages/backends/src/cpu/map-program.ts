import { fold } from "../expr/fold.js";
import { substituteArgs } from "../expr/substitute.js";
import { type Expr, input } from "../expr.js";

/**
 * A formula ready to compile: input i of `formula` is the `inputs[i]`-th input of the original; the inputs after those stand for `constants`.
 * Formulas that differ only in their constants share one `formula`, so a step size that changes at every call compiles once.
 */
export interface MapProgram {
  readonly formula: Expr;
  readonly inputs: readonly number[];
  readonly constants: Float64Array;
}

/** f with its inputs numbered in order of appearance and its constants moved out, save small integers and exponents, which compile to better code. */
export function mapProgram(f: Expr): MapProgram {
  const inputs: number[] = [];
  fold(f, (node) => {
    if (node.kind === "input" && !inputs.includes(node.index)) inputs.push(node.index);
  });
  const constants: number[] = [];
  const formula = fold<Expr>(f, (node, args) => {
    if (node.kind === "input") return input(inputs.indexOf(node.index));
    if (node.kind === "const") {
      return isSmallInteger(node.value) ? node : input(inputs.length + constants.push(node.value) - 1);
    }
    const exponent = node.op === "pow" ? node.args[1] : undefined;
    return substituteArgs(node, exponent?.kind === "const" ? [args[0] as Expr, exponent] : args);
  });
  return { formula, inputs, constants: Float64Array.from(constants) };
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 16;
}
