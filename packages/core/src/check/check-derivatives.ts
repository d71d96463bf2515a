import { LawError } from "../errors.js";
import { rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { adjointness } from "./adjoint-test.js";
import { type CheckDerivativesOptions, settle } from "./check-options.js";
import { type CheckReport, checkReport } from "./check-report.js";
import type { CheckResult } from "./check-result.js";
import { finiteDifferences } from "./finite-difference-test.js";
import { flatFunction } from "./flat-function.js";

export function checkDerivatives<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckDerivativesOptions = {}): CheckReport {
  const { seed, directions, entries } = settle(options);
  const flat = flatFunction("checkDerivatives", f, x);
  const stream = rng(seed);
  const checks: CheckResult[] = [adjointness(flat, stream, directions), ...finiteDifferences(flat, stream, directions, entries)];
  return checkReport("checkDerivatives", checks.every((c) => c.verdict === "ok"), seed, checks);
}

export function assertDerivatives<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckDerivativesOptions = {}): void {
  const report = checkDerivatives(f, x, options);
  if (!report.ok) throw new LawError(String(report));
}
