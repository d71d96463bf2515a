import type { Backend } from "@paramat/backends";
import { LawError } from "@paramat/core";
import type { LawReport, LawResult } from "@paramat/layers/laws";
import { descentLaw, rotationLaw, scheduleLaw, stationaryLaw, steadyLaw } from "./optimizer-descent-laws.js";
import { compiledLaw, formLaw, pureLaw, refusalLaw, stateLaw, unsharedLaw } from "./optimizer-form-laws.js";
import { type OptimizerLaw, type OptimizerLawOptions, type OptimizerMaker, optimizerTrials } from "./optimizer-law.js";
import { type Finding, reportOf, threw } from "./report.js";

/** What every update rule must satisfy, as far as it claims it. */
export const optimizerLaws: readonly OptimizerLaw[] = [
  pureLaw,
  unsharedLaw,
  formLaw,
  compiledLaw,
  stateLaw,
  stationaryLaw,
  descentLaw,
  scheduleLaw,
  steadyLaw,
  rotationLaw,
  refusalLaw,
];

/**
 * Whether an update rule is what it claims: a pure function whose memory is all in its state, downhill, still where the gradient is 0, blind to the form of
 * the tree, the same when compiled, true to its schedule.
 * @param make the rule with a learning rate or a schedule, all else being as it is
 * @param backend float64, so that rounding is far below any mistake
 * @returns a report; `String(report)` has a line for each law
 * @example
 * import { cpu } from "@paramat/backends";
 * import { sgd } from "@paramat/optim";
 * import { checkOptimizer } from "@paramat/optim/laws";
 * checkOptimizer((learningRate) => sgd({ learningRate }), cpu("float64"), { isRotationInvariant: true, isSteady: true }).ok; // → true
 */
export function checkOptimizer(make: OptimizerMaker, backend: Backend, options: OptimizerLawOptions = {}): LawReport {
  const { settled, trialOf } = optimizerTrials(make, backend, options);
  const results = optimizerLaws
    .filter((law) => law.applies(settled))
    .map((law): LawResult => ({ law: law.name, ...held(() => law.check(trialOf(law.name))) }));
  return reportOf(nameOf(make, settled.learningRate), settled.seed, results);
}

/** @throws LawError with the report unless every law holds */
export function assertOptimizer(make: OptimizerMaker, backend: Backend, options: OptimizerLawOptions = {}): void {
  const report = checkOptimizer(make, backend, options);
  if (!report.ok) throw new LawError(String(report));
}

function held(check: () => Finding): Finding {
  try {
    return check();
  } catch (error) {
    return threw(error);
  }
}

function nameOf(make: OptimizerMaker, learningRate: number): string {
  try {
    return make(learningRate).name;
  } catch {
    return "a rule that cannot be made";
  }
}
