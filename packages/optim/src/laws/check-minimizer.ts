import type { Backend } from "@paramat/backends";
import { LawError } from "@paramat/core";
import type { LawReport, LawResult } from "@paramat/layers/laws";
import type { Minimizer } from "../minimize/minimizer.js";
import { monotoneLaw, quadraticLaw, rotationLaw, stationaryLaw } from "./minimizer-descent-laws.js";
import { formLaw, repeatableLaw } from "./minimizer-form-laws.js";
import { type MinimizerLaw, type MinimizerLawOptions, minimizerTrials } from "./minimizer-law.js";
import { honestLaw, refusalLaw, stoppingLaw } from "./minimizer-report-laws.js";
import { type Finding, reportOf, threw } from "./report.js";

/** What every method must satisfy, as far as it claims it. */
export const minimizerLaws: readonly MinimizerLaw[] = [
  quadraticLaw,
  monotoneLaw,
  stationaryLaw,
  rotationLaw,
  formLaw,
  repeatableLaw,
  honestLaw,
  stoppingLaw,
  refusalLaw,
];

/**
 * Whether a method is what it claims: it finds the minimizers of quadratics to 1e-10, never raises the value, stays where the gradient is 0, sees neither
 * rotations nor the form of the tree, repeats itself bit for bit, tells the truth of what it did, stops where it is told to and fails as it should.
 * @param minimize one that needs more than f is bound to it first
 * @param backend float64, so that rounding is far below any mistake
 * @returns a report; `String(report)` has a line for each law
 * @example
 * import { cpu } from "@paramat/backends";
 * import { lbfgs } from "@paramat/optim";
 * import { checkMinimizer } from "@paramat/optim/laws";
 * (await checkMinimizer(lbfgs, cpu("float64"))).ok; // → true
 */
export async function checkMinimizer(minimize: Minimizer, backend: Backend, options: MinimizerLawOptions = {}): Promise<LawReport> {
  const { settled, trialOf } = minimizerTrials(minimize, backend, options);
  const results: LawResult[] = [];
  for (const law of minimizerLaws.filter(({ applies }) => applies(settled)))
    results.push({ law: law.name, ...(await law.check(trialOf(law.name)).catch((error: unknown): Finding => threw(error))) });
  return reportOf(minimize.name || "a method", settled.seed, results);
}

/** @throws LawError with the report unless every law holds */
export async function assertMinimizer(minimize: Minimizer, backend: Backend, options: MinimizerLawOptions = {}): Promise<void> {
  const report = await checkMinimizer(minimize, backend, options);
  if (!report.ok) throw new LawError(String(report));
}
