import { LawError, leaves, type Tree } from "@paramat/core";
import type { LawReport, LawResult } from "@paramat/layers/laws";
import { convexityLaw } from "./laws/convexity-law.js";
import { gradientLaw, hessianLaw, symmetryLaw, taylorLaw } from "./laws/derivative-laws.js";
import { type RegularizerFinding, type RegularizerLaw, type RegularizerLawOptions, regularizerTrial } from "./laws/law.js";
import { nonExpansiveLaw, proximalLaw } from "./laws/proximal-laws.js";
import { shiftedSolveLaw } from "./laws/shifted-solve-law.js";
import { compiledLaw, formLaw, valueLaw } from "./laws/value-laws.js";
import type { Regularizer } from "./regularizer.js";

export type { RegularizerFinding, RegularizerLaw, RegularizerLawOptions, RegularizerTrial } from "./laws/law.js";

/** What every regularizer must satisfy, as far as it claims it. */
export const regularizerLaws: readonly RegularizerLaw[] = [
  valueLaw,
  formLaw,
  taylorLaw,
  gradientLaw,
  hessianLaw,
  symmetryLaw,
  convexityLaw,
  proximalLaw,
  nonExpansiveLaw,
  shiftedSolveLaw,
  compiledLaw,
];

/**
 * Whether R is what it claims at `params` and around it: ≥ 0, and 0 where said; ∇R and ∇²R right by Taylor's theorem and equal to what differentiation
 * gives; ∇²R symmetric; convex; its proximal map a minimizer and firmly non-expansive; its shifted solve exact; the same when compiled.
 * @param params where R has two derivatives, on a float64 backend, so that rounding is far below any mistake
 * @returns a report; `String(report)` has a line for each law
 * @throws TypeError if `params` holds no array
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { tikhonov } from "@paramat/regularizers";
 * import { checkRegularizer } from "@paramat/regularizers/laws";
 * const W = ndarray(cpu("float64"), [3, -4]);
 * checkRegularizer(tikhonov(), W).ok; // → true
 */
export function checkRegularizer<W extends Tree>(R: Regularizer, params: W, options: RegularizerLawOptions<W> = {}): LawReport {
  const [first] = leaves(params);
  if (!first) throw new TypeError(`checkRegularizer: the parameters for ${R.name} hold no array; give at least one`);
  const trial = regularizerTrial(R, params, first.backend.epsilon, options);
  const results = regularizerLaws
    .filter((law) => law.applies(R))
    .map((law): LawResult => ({ law: law.name, ...held(() => law.check(trial.withStream(law.name))) }));
  return {
    ok: results.every(({ ok }) => ok),
    seed: trial.seed,
    results,
    toString: () =>
      [`${R.name}, seed ${trial.seed}`, ...results.map(({ ok, law, detail }) => `  ${ok ? "✓" : "✗"} ${law.padEnd(26)} ${detail}`)].join(
        "\n",
      ),
  };
}

/** @throws LawError with the report unless every law holds */
export function assertRegularizer<W extends Tree>(R: Regularizer, params: W, options: RegularizerLawOptions<W> = {}): void {
  const report = checkRegularizer(R, params, options);
  if (!report.ok) throw new LawError(String(report));
}

/** An error thrown on the way is a finding too. */
function held(check: () => RegularizerFinding): RegularizerFinding {
  try {
    return check();
  } catch (error) {
    return { ok: false, error: Number.POSITIVE_INFINITY, detail: `threw ${String(error)}` };
  }
}
