import type { SparsePattern } from "../backend.js";
import { exprKey } from "../expr/expr-key.js";
import type { Expr } from "../expr.js";
import type { Call } from "./call.js";

/** A string for each call, the same for two calls exactly when they do the same with the same operands. */
export type CallKey = (call: Call) => string;

/** Keys that may be compared with each other: formulas and sparse patterns met before are remembered. */
export function callKeys(): CallKey {
  const formulas = new Map<Expr, string>();
  const patterns: SparsePattern[] = [];
  const formulaKey = (f: Expr): string => {
    const known = formulas.get(f);
    if (known !== undefined) return known;
    const key = exprKey(f);
    formulas.set(f, key);
    return key;
  };
  const patternKey = (pattern: SparsePattern): number => {
    const known = patterns.findIndex((other) => samePattern(pattern, other));
    return known >= 0 ? known : patterns.push(pattern) - 1;
  };
  return (call) => {
    if (call.kind === "sparse") return JSON.stringify({ ...call, pattern: patternKey(call.pattern) });
    return JSON.stringify("f" in call ? { ...call, f: formulaKey(call.f) } : call);
  };
}

function samePattern(a: SparsePattern, b: SparsePattern): boolean {
  if (a === b) return true;
  return a.numRows === b.numRows && a.numCols === b.numCols && sameEntries(a.rows, b.rows) && sameEntries(a.cols, b.cols);
}

/** Whether two lists hold the same numbers, NaN equal to NaN, −0 apart from 0. */
export function sameEntries(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
