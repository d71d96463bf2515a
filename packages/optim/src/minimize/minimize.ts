import type { Tree } from "@paramat/core";
import { type LbfgsOptions, lbfgs } from "./lbfgs.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Minimizer } from "./minimizer.js";
import { type NewtonCgOptions, newtonCg } from "./newton-cg.js";
import { type NonlinearConjugateGradientOptions, nonlinearConjugateGradient } from "./nonlinear-conjugate-gradient.js";
import type { Outcome } from "./outcome.js";
import type { Objective } from "./problem.js";
import { type SteepestDescentOptions, steepestDescent } from "./steepest-descent.js";
import { type TrustRegionOptions, trustRegion } from "./trust-region.js";

/** The methods that need nothing but f, each with its options. */
interface OptionsByMethod<P extends Tree> {
  readonly lbfgs: LbfgsOptions<P>;
  readonly newtonCg: NewtonCgOptions<P>;
  readonly trustRegion: TrustRegionOptions<P>;
  readonly nonlinearConjugateGradient: NonlinearConjugateGradientOptions<P>;
  readonly steepestDescent: SteepestDescentOptions<P>;
}

export type MinimizerName = keyof OptionsByMethod<Tree>;

/** The method, by name or as itself, and the options it takes. */
export type MinimizeByOptions<P extends Tree = Tree> =
  | ({ readonly method?: undefined } & LbfgsOptions<P>)
  | ({ readonly method: Minimizer } & MinimizeOptions<P>)
  | { readonly [M in MinimizerName]: { readonly method: M } & OptionsByMethod<P>[M] }[MinimizerName];

/**
 * min f by the method that is named. The default is `lbfgs`: it asks for gradients alone, so that it takes every objective, `varPro`'s too, keeps but a
 * dozen vectors, and converges superlinearly as far as they show the curvature.
 * @param options `method` is a name or a function like `lbfgs`; the rest goes to the method
 * @throws TypeError for a method that there is not, and whatever the method throws
 * @remarks Brings all of these methods along; who wants one imports that.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray, square, sub, sum, type Value } from "@paramat/core";
 * import { minimize } from "@paramat/optim";
 * const f = (x: Value) => sum(square(sub(x, 3)));
 * const start = ndarray(cpu("float64"), [0, 1]);
 * (await minimize(f, start)).params.toNested(); // → ≈ [3, 3]
 * (await minimize(f, start, { method: "newtonCg" })).method; // → "newtonCg"
 */
export async function minimize<P extends Tree>(f: Objective<P>, params: P, options: MinimizeByOptions<P> = {}): Promise<Outcome<P>> {
  const { method = "lbfgs", ...rest } = options;
  return (typeof method === "function" ? method : methodNamed(method))(f, params, rest);
}

function methodNamed(name: MinimizerName): Minimizer {
  const methods: { readonly [M in MinimizerName]: Minimizer } = {
    lbfgs,
    newtonCg,
    trustRegion,
    nonlinearConjugateGradient,
    steepestDescent,
  };
  if (Object.hasOwn(methods, name)) return methods[name];
  throw new TypeError(
    `minimize: there is no method ${JSON.stringify(name)}; the names are ${Object.keys(methods).join(", ")}; gaussNewton, projectedGradient and proximalGradient need more than f and are called by themselves, or bound to it and given as a function`,
  );
}
