import { LawError } from "../errors.js";
import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { adjointness } from "./adjoint-test.js";
import { beside } from "./beside.js";
import { type CheckDerivativesOptions, settle } from "./check-options.js";
import { besideMark, type CheckReport, checkReport } from "./check-report.js";
import { type CheckResult, checkResult } from "./check-result.js";
import { explainNonFinite } from "./explain-non-finite.js";
import { finiteDifferences } from "./finite-difference-test.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { immutability } from "./immutability-test.js";
import { linearity } from "./linearity-test.js";
import { precision } from "./precision-test.js";
import { direction } from "./probes.js";
import { repeatability } from "./repeatability-test.js";
import { secondOrder } from "./second-order-test.js";
import { structuralZeros } from "./structural-zeros-test.js";
import { taylor } from "./taylor-test.js";
import { allFinite } from "./vectors.js";

/**
 * All laws that derivatives of f must satisfy at x: finite numbers, untouched inputs, repeatable bits, ⟨ct, J dx⟩ = ⟨Jᵀct, dx⟩, jvp and vjp against
 * differences entry by entry, zero derivatives, Taylor orders, and to order 2 hvp in three modes against each other and against differences.
 * @param x a tree of arrays; sample it inside f's domain
 * @returns a report; `String(report)` is a table that names the input, the entry, what was expected and found, and how to run it again
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting; LawError if the form of f's result changes
 * @remarks Kinks. Where x lies at a corner of f (relu at 0) differences give the mean of two slopes, and a correct derivative must not be blamed: the
 * test is then `inconclusive`, if the derivative lies between the slopes to the two sides, and vouches for nothing. So that nothing hides there, the
 * derivatives are checked again beside x, every entry moved by up to a tenth; `ok` needs them right there. They are checked there in any case:
 * rules that remember an earlier point, or are right at one scale only, fail there.
 * @remarks Cost: about 7 runs of f for each of up to `entries` entries, and a few dozen more; a second of work for a function that takes a millisecond.
 */
export function checkDerivatives<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckDerivativesOptions = {}): CheckReport {
  const { seed, order, directions, entries } = settle(options);
  const stream = rng(seed);
  const report = (ok: boolean, checks: readonly CheckResult[]) => checkReport("checkDerivatives", ok, seed, checks);
  const flat = flatFunction("checkDerivatives", f, x);
  const nonFinite = guarded("finite", () => {
    const found = explainNonFinite(f, x);
    return [checkResult("finite", found ? "wrong" : "ok", found ? String(found) : "no NaN or infinity in f and its backward pass")];
  });
  if (nonFinite.some(({ ok }) => !ok)) return report(false, nonFinite);
  const pure = [
    ...guarded("inputs unchanged", () => [immutability(flat, stream)]),
    ...guarded("repeatable", () => [repeatability(flat, stream)]),
    ...guarded("zero derivatives", () => [structuralZeros(flat, stream)]),
    ...(options.linear ? guarded("linear", () => [linearity(flat, stream, directions)]) : []),
    ...(options.backend
      ? guarded("precision", () => [precision(flat, f, x, options.backend as NonNullable<typeof options.backend>, stream)])
      : []),
  ];
  const atX = derivatives(flat, stream, order, directions, entries);
  const doubtful = atX.some(({ verdict }) => verdict === "inconclusive");
  const around = guarded("derivatives beside x", () => besideChecks(flat, f, stream, order, directions, doubtful ? entries : 0));
  const judged = (name: string) => around.find((check) => check.name === `${name}${besideMark}`)?.verdict === "ok";
  const checks = [...nonFinite, ...pure, ...atX, ...around];
  const unjudged = atX.filter(({ verdict, name }) => verdict === "inconclusive" && !judged(name));
  return report(checks.every(({ verdict }) => verdict !== "wrong") && unjudged.length === 0, checks);
}

/**
 * Nothing if `checkDerivatives` finds nothing.
 * @throws LawError with the report otherwise
 */
export function assertDerivatives<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckDerivativesOptions = {}): void {
  const report = checkDerivatives(f, x, options);
  if (!report.ok) throw new LawError(String(report));
}

function derivatives<X extends Tree>(f: FlatFunction<X>, stream: Rng, order: 1 | 2, directions: number, entries: number): CheckResult[] {
  return [
    ...guarded("adjoint", () => [adjointness(f, stream, directions)]),
    ...guarded("differences", () => finiteDifferences(f, stream, directions, entries)),
    ...guarded("Taylor", () => {
      const { first, second } = taylor(f, stream, direction(f, stream), order);
      return second ? [first, second] : [first];
    }),
    ...(order === 2 ? guarded("second order", () => secondOrder(f, stream, directions)) : []),
  ];
}

/** The derivatives at a point beside x, up to three being tried until none is at a kink; where x is doubtful also at its mirror image, across the kink. */
function besideChecks<X extends Tree, Z extends Tree>(
  f: FlatFunction<X>,
  run: (x: X) => Z,
  stream: Rng,
  order: 1 | 2,
  directions: number,
  entries: number,
): CheckResult[] {
  const check = (point: Float64Array) =>
    derivatives(flatFunction("checkDerivatives", run, f.tree(point)), stream, order, directions, entries);
  let found: CheckResult[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const point = beside(f, stream);
    if (!point) return found;
    found = check(point);
    const mirrored = f.x.map((xi, i) => 2 * xi - (point[i] as number));
    if (entries > 0 && allFinite(f.at(mirrored))) found = worseOf(found, check(mirrored));
    if (found.every(({ verdict }) => verdict !== "inconclusive")) break;
  }
  return found.map(({ name, verdict, summary, offender }) => checkResult(`${name}${besideMark}`, verdict, summary, offender));
}

/** Of two results of the same test the worse one. */
function worseOf(some: readonly CheckResult[], others: readonly CheckResult[]): CheckResult[] {
  const names = [...new Set([...some, ...others].map(({ name }) => name))];
  return names.map((name) => {
    const both = [...some, ...others].filter((check) => check.name === name);
    return (both.find(({ verdict }) => verdict === "wrong") ??
      both.find(({ verdict }) => verdict === "inconclusive") ??
      both[0]) as CheckResult;
  });
}

/** A rule that throws is wrong, and its error says why. */
function guarded(name: string, check: () => readonly CheckResult[]): readonly CheckResult[] {
  try {
    return check();
  } catch (error) {
    return [checkResult(name, "wrong", `throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`)];
  }
}
