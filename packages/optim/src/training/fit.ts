import type { Tree } from "@paramat/core";
import { checkFitOptions } from "./check-fit-options.js";
import { fitByMinimizer } from "./fit-by-minimizer.js";
import { fitByOptimizer } from "./fit-by-optimizer.js";
import type { FitByMinimizerOptions, FitOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";

/**
 * Minimizes (1/n) Σₑ objective. With an optimizer by minibatches: for each epoch the examples in a new random order, for each batch one step at the
 * gradient of the objective; the last, smaller batch is used as well. With a minimizer by iterations, each of which takes all examples. After each
 * epoch, or iteration, the validation examples are measured.
 * @returns why it stopped, the parameters, and one record for each epoch
 * @throws RangeError, TypeError, ShapeError for options that are wrong; DataError for a checkpoint that cannot be continued; whatever the objective or a
 * callback throws, after the state before that batch has been saved
 * @remarks Runs with the same options and seed on the same backend give the same bits, with an optimizer whether or not they were interrupted and resumed
 * in between; a minimizer that resumes starts anew from the parameters it had reached. NaN and ∞ stop the run before the parameters are touched.
 */
export async function fit<P extends Tree>(options: FitOptions<P> | FitByMinimizerOptions<P>): Promise<FitResult<P>> {
  checkFitOptions(options);
  return options.minimizer ? fitByMinimizer(options) : fitByOptimizer(options);
}
