import type { Tree } from "@paramat/core";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import type { Objective } from "./problem.js";

/**
 * A method that finds a minimum of any f: `lbfgs`, `newtonCg`, `trustRegion`, `steepestDescent` and `nonlinearConjugateGradient` are such as they are. One
 * that needs more is bound to it: `(f, params, options) => projectedGradient(f, project, params, options)`.
 */
export type Minimizer = <P extends Tree>(f: Objective<P>, params: P, options?: MinimizeOptions<P>) => Promise<Outcome<P>>;
