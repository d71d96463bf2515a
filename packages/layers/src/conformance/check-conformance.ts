import type { Backend } from "@paramat/backends";
import { LawError } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { type ConformanceReport, type ConformanceResult, conformanceReport } from "./conformance-report.js";
import type { Finding, Law } from "./law.js";
import { blockForm } from "./laws/block-form.js";
import { constraint } from "./laws/constraint.js";
import { derivatives, transposeDerivatives } from "./laws/derivatives.js";
import { examplesApart } from "./laws/examples-apart.js";
import { fixedPart } from "./laws/fixed-part.js";
import { float32Agrees } from "./laws/float32-agrees.js";
import { linearInTheta, linearInY } from "./laws/linearity.js";
import { oracleMatrix, statedEntries } from "./laws/matrix.js";
import { rankOfQ } from "./laws/parameter-rank.js";
import { pure } from "./laws/pure.js";
import { shapes } from "./laws/shapes.js";
import { verifiedTags } from "./laws/tags.js";
import { secondOrder, taylorOrders } from "./laws/taylor-orders.js";
import { timing } from "./laws/timing.js";
import { trilinear } from "./laws/trilinear.js";
import { type TrialOptions, trialOf, withStream } from "./trial.js";

export type ConformanceOptions = TrialOptions & {
  /** Whether to measure time beside a dense matrix. Default true. */
  readonly timing?: boolean;
};

/** The laws of mathematics: broken by a mistake, whatever is declared beside the contractions. */
export const coreLaws: readonly Law[] = [shapes, trilinear, linearInTheta, linearInY, examplesApart, verifiedTags, derivatives];

/**
 * Everything that can be asked of a parameterization, each broken law with a counterexample made as small as it gets: what `checkParameterization`
 * checks, and purity, the declared structure (entries, fixed part, constraint, tags, block form), agreement in float32, Taylor orders, the rank of Q, and
 * time beside a dense matrix.
 * @param backend float64, so that rounding is far below any mistake
 * @example
 * import { cpu } from "@paramat/backends";
 * import { diagonalMatrix } from "@paramat/layers";
 * import { checkConformance } from "@paramat/layers/laws";
 * const K = diagonalMatrix([3]);
 * const report = checkConformance({ ...K, applyTranspose: (theta, z) => K.applyTranspose(theta, K.apply(theta, z)) }, cpu());
 * report.ok; // → false
 */
export function checkConformance(K: Parameterization, backend: Backend, options: ConformanceOptions = {}): ConformanceReport {
  const { timing: timed = true, ...trial } = options;
  const declared: Law[] = [
    ...(options.matrix ? [oracleMatrix] : []),
    ...("entries" in K ? [statedEntries] : []),
    ...(K.fixedPart ? [fixedPart] : []),
    ...(K.constraint ? [constraint] : []),
    ...(K.tags && K.tags.length > 0 ? [verifiedTags] : []),
    ...(K.blockForm ? [blockForm] : []),
  ];
  const laws = [
    shapes,
    pure,
    linearInTheta,
    linearInY,
    trilinear,
    examplesApart,
    ...declared,
    derivatives,
    transposeDerivatives,
    taylorOrders,
    secondOrder,
    ...(options.float32 ? [float32Agrees] : []),
    rankOfQ,
    ...(timed ? [timing] : []),
  ];
  return runLaws(K, backend, trial, laws);
}

/** @throws LawError with the report unless every law holds */
export function assertConformance(K: Parameterization, backend: Backend, options: ConformanceOptions = {}): void {
  const report = checkConformance(K, backend, { timing: false, ...options });
  if (!report.ok) throw new LawError(String(report));
}

/** Tries each law; one that throws is broken. Where shapes are wrong the others have nothing to go by, and are not tried. */
export function runLaws(K: Parameterization, backend: Backend, options: TrialOptions, laws: readonly Law[]): ConformanceReport {
  const trial = trialOf(K, backend, options);
  const results: ConformanceResult[] = [];
  for (const law of laws) {
    const found = held(() => law.check(withStream(trial, law.name)));
    results.push({ law: law.name, ok: found.verdict !== "broken", ...found });
    if (!found.stops) continue;
    results.push({ law: "other laws", ok: true, verdict: "note", error: 0, detail: `${laws.length - 1} not tried: mend this first` });
    break;
  }
  return conformanceReport(K, trial.seed, results);
}

function held(check: () => Finding): Finding {
  try {
    return check();
  } catch (error) {
    return { verdict: "broken", error: Number.POSITIVE_INFINITY, detail: `broken: throws ${String(error)}` };
  }
}
