import { exprKey } from "../expr/expr-key.js";
import { type UsedInputs, usedInputs } from "../expr/used-inputs.js";
import type { Expr } from "../expr.js";
import { formulaCost } from "../program/formula-cost.js";

/** What maps want to know of a formula: what it reads, its key, and its cost. */
export interface KnownFormula extends UsedInputs {
  readonly key: string;
  readonly cost: number;
}

/** Found once for each formula: programs map the same objects again and again, and the key of a long formula takes longer than a launch. */
const known = new WeakMap<Expr, KnownFormula>();

export function knownFormula(f: Expr): KnownFormula {
  const before = known.get(f);
  if (before) return before;
  const used = usedInputs(f);
  const found = { ...used, key: exprKey(used.formula), cost: formulaCost(used.formula) };
  known.set(f, found);
  return found;
}
