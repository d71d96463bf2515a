export type { ChoiceMethod, ChoiceOutcome, ChoiceRow, FoldChoice, FoldRow, LambdaChoice, ValidationStep } from "./choosing/choice.js";
export { type DiscrepancyOptions, discrepancyPrinciple } from "./choosing/discrepancy-principle.js";
export type { FilteredProblem } from "./choosing/filtered-problem.js";
export { type CrossValidationOptions, generalizedCrossValidation } from "./choosing/generalized-cross-validation.js";
export { type KFoldOptions, kFold } from "./choosing/k-fold.js";
export { lCurve } from "./choosing/l-curve.js";
export type { LambdaGridOptions } from "./choosing/lambda-grid.js";
export { type MatrixProblemOptions, matrixProblem } from "./choosing/matrix-problem.js";
export {
  type MinimizeValidationOptions,
  minimizeValidation,
  type ValidationMinimum,
  type ValidationOutcome,
} from "./choosing/minimize-validation.js";
export { optimalLambda } from "./choosing/optimal-lambda.js";
export { type TransformProblemOptions, transformProblem } from "./choosing/transform-problem.js";
export {
  type BilevelProblem,
  type ValidationGradient,
  type ValidationGradientOptions,
  validationGradient,
} from "./choosing/validation-gradient.js";
export { type HessianCondition, type HessianConditionOptions, hessianCondition } from "./diagnostics/hessian-condition.js";
export { type LanczosOptions, lanczos, type RitzValues } from "./diagnostics/lanczos.js";
export { type NumericalRank, type NumericalRankOptions, numericalRank } from "./diagnostics/numerical-rank.js";
export { type Oscillation, oscillation, type RowOscillation } from "./diagnostics/oscillation.js";
export { type PicardData, type PicardTerm, picard } from "./diagnostics/picard.js";
export type { DiagonalHessian } from "./diagonal-hessian.js";
export { type LogDetOptions, logDetPenalty } from "./low-rank/log-det-penalty.js";
export { nuclearNorm } from "./low-rank/nuclear-norm.js";
export { type Penalty, type Regularizer, type RegularizerDefinition, type RegularizerShift, regularizer } from "./regularizer.js";
export type { Selection } from "./selected-leaves.js";
export type { AxisBasis } from "./smoothness/axis-bases.js";
export type { SmoothnessOptions } from "./smoothness/difference-operators.js";
export { differencePenalty, gradientPenalty } from "./smoothness/difference-penalty.js";
export type { GridOptions } from "./smoothness/grid-view.js";
export { laplacianPenalty } from "./smoothness/laplacian-penalty.js";
export { type TotalVariationOptions, totalVariation } from "./smoothness/total-variation.js";
export { type ElasticNetOptions, elasticNet } from "./sparsity/elastic-net.js";
export { type GroupNormOptions, groupNorm } from "./sparsity/group-norm.js";
export { type HuberOptions, huber } from "./sparsity/huber.js";
export { type L1Options, l1 } from "./sparsity/l1.js";
export { nonNegativity } from "./sparsity/non-negativity.js";
export { type GrowthOptions, growthPenalty } from "./spectral/growth-penalty.js";
export { operatorNormPenalty } from "./spectral/operator-norm-penalty.js";
export { type SpectralClaims, spectralPenalty } from "./spectral/spectral-penalty.js";
export { sumOf } from "./sum-of.js";
export { generalTikhonov, type Solvable, tikhonov } from "./tikhonov.js";
export { type TimeSmoothnessOptions, timeSmoothness } from "./time-smoothness.js";
export { weighted } from "./weighted.js";
