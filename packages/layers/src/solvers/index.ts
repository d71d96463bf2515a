export { conjugateGradient } from "./conjugate-gradient.js";
export { type EstimateNormOptions, estimateNorm, type NormEstimate } from "./estimate-norm.js";
export { type GmresOptions, gmres } from "./gmres.js";
export type { IterativeOptions, IterativeOutcome, IterativeResult, Products } from "./iterative-result.js";
export { type LsqrResult, lsqr } from "./lsqr.js";
export { minres } from "./minres.js";
