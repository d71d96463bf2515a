export { assertMinimizer, checkMinimizer, minimizerLaws } from "./laws/check-minimizer.js";
export { assertOptimizer, checkOptimizer, optimizerLaws } from "./laws/check-optimizer.js";
export type { MinimizerLaw, MinimizerLawOptions, MinimizerTrial } from "./laws/minimizer-law.js";
export type { OptimizerLaw, OptimizerLawOptions, OptimizerMaker, OptimizerTrial } from "./laws/optimizer-law.js";
export type { Finding } from "./laws/report.js";
