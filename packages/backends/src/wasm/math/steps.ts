import { type Code, type Local, sequence, set } from "../encoder/index.js";
import type { MathContext } from "./math-context.js";

/** Puts a vector that is needed more than once into a variable, computed where `keep` is called. */
export type Keep = (value: Code) => Local;

/** A formula written in steps: the kept vectors in the order in which they were kept, then what `formula` gives. */
export function inSteps({ scope }: MathContext, formula: (keep: Keep) => Code): Code {
  const steps: Code[] = [];
  const result = formula((value) => {
    const variable = scope.local("v128");
    steps.push(set(variable, value));
    return variable;
  });
  return sequence(...steps, result);
}
