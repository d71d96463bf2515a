import type { Backend } from "@paramat/backends";
import { LawError, sizeOf } from "@paramat/core";
import { coreLaws, runLaws } from "./conformance/check-conformance.js";
import type { ConformanceReport } from "./conformance/conformance-report.js";
import { oracleMatrix } from "./conformance/laws/matrix.js";
import type { Parameterization } from "./parameterization.js";

export { assertConformance, type ConformanceOptions, checkConformance } from "./conformance/check-conformance.js";
export type { ConformanceReport, ConformanceResult } from "./conformance/conformance-report.js";
export type { Counterexample } from "./conformance/counterexample.js";
export type { Verdict } from "./conformance/law.js";
export type { NaiveMatrix } from "./conformance/trial.js";
export type { LawReport, LawResult } from "./law-report.js";
export { assertOperator, checkOperator, type OperatorLawOptions } from "./operator/check-operator.js";
export { assertParametricOperator, checkParametricOperator, type ParametricLawOptions } from "./operator/check-parametric-operator.js";

export interface LawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Examples along axis 0. Default 3. */
  readonly examples?: number;
  /** The matrix K(θ) ∈ R^{m×n}, row-major, written out naively from θ's entries: the oracle. */
  readonly oracle?: (theta: ArrayLike<number>) => ArrayLike<number>;
}

/**
 * What every parameterization must satisfy, yours too, at random θ, y, z:
 * shapes; ⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀvec(zyᵀ), θ⟩, plus ⟨z, A₀y⟩ where there is a fixed part; linearity in θ and in y; examples do not mix;
 * derivatives to second order; and, where one is given, agreement with a matrix written out naively.
 * @param backend float64, so that rounding is far below any mistake
 * @remarks Fast enough for properties over many shapes; `checkConformance` asks everything once.
 */
export function checkParameterization(K: Parameterization, backend: Backend, options: LawOptions = {}): ConformanceReport {
  const { oracle, ...trial } = options;
  if (!oracle) return runLaws(K, backend, trial, coreLaws);
  const n = sizeOf(K.inShape);
  const matrix = (theta: number[]) => {
    const flat = Array.from(oracle(theta));
    return Array.from({ length: sizeOf(K.outShape) }, (_, i) => flat.slice(i * n, (i + 1) * n));
  };
  return runLaws(K, backend, { ...trial, matrix }, [...coreLaws, oracleMatrix]);
}

/** @throws LawError with the report unless every law holds */
export function assertParameterization(K: Parameterization, backend: Backend, options: LawOptions = {}): void {
  const report = checkParameterization(K, backend, options);
  if (!report.ok) throw new LawError(String(report));
}
