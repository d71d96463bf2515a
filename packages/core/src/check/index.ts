export { adjointTest } from "./adjoint-test.js";
export { assertDerivatives, checkDerivatives } from "./check-derivatives.js";
export type { CheckDerivativesOptions, CheckOptions } from "./check-options.js";
export type { CheckReport } from "./check-report.js";
export type { CheckResult, Offender, Verdict } from "./check-result.js";
export { type FiniteDifferenceResult, finiteDifferenceTest } from "./finite-difference-test.js";
