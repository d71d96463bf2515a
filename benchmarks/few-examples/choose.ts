import { add, mul, ndarray, type Rng, rng, type Value } from "@paramat/core";
import { type FilteredProblem, generalizedCrossValidation, kFold, lCurve, minimizeValidation, tikhonov } from "@paramat/regularizers";
import { type Examples, entropy, noWeights, pick, type SoftmaxFit, type Weights, wrongShare } from "./softmax-fit.js";

/** A λ, who chose it, and how that ended. */
export interface Choice {
  readonly method: string;
  readonly lambda: number;
  readonly outcome: string;
}

/** ‖gradient‖ of fits that only show how large an error is. */
const forErrors = 1e-4;

/** Five-fold cross-validation, by cross-entropy and by the share of wrong answers, the least error and the largest λ within its standard error. */
export async function byCrossValidation(fit: SoftmaxFit, examples: Examples, lambdas: readonly number[], stream: Rng): Promise<Choice[]> {
  const fitted = new Map<string, Weights>();
  const seed = stream.int(2 ** 30);
  const errors = { entropy, mistakes: wrongShare };
  const choices: Choice[] = [];
  for (const [name, error] of Object.entries(errors)) {
    const { lambda, oneStandardErrorLambda, outcome } = await kFold<Weights>({
      numExamples: examples.features.shape[0]!,
      folds: 5,
      lambdas,
      // The same folds for both errors, and the same fits.
      rng: rng(seed),
      async fit(value, train, warm) {
        const key = `${value} ${train.join()}`;
        const weights = fitted.get(key) ?? (await fit(pick(examples, train), value, { warm, tolerance: forErrors })).params;
        fitted.set(key, weights);
        return weights;
      },
      error: (weights, heldOut) => error(pick(examples, heldOut), weights).item(),
    });
    choices.push({ method: `cross-validation, ${name}`, lambda, outcome });
    choices.push({ method: `cross-validation, ${name}, 1 s.e.`, lambda: oneStandardErrorLambda, outcome });
  }
  return choices;
}

/** Descent on the cross-entropy of a fifth of the examples in log λ, from λ = 0.03. */
export async function byDescent(fit: SoftmaxFit, examples: Examples, stream: Rng): Promise<Choice> {
  const order = stream.permutation(examples.features.shape[0]!);
  const held = pick(examples, order.slice(0, order.length / 5).sort());
  const train = pick(examples, order.slice(order.length / 5).sort());
  const penalty = tikhonov();
  const problem = {
    objective: (at: Weights, lambda: Value) => add(entropy(train, at), mul(lambda, penalty(at.A))),
    validation: (at: Weights) => entropy(held, at),
  };
  const { lambda, outcome } = await minimizeValidation(problem, {
    solve: async (value, warm) => (await fit(train, value.item(), { warm })).params,
    params: noWeights(train),
    lambda: ndarray(train.features.backend, 0.03),
    tolerance: 1e-4,
    gradientTolerance: 1e-3,
    maxSteps: 12,
    maxFactor: 1e3,
  });
  return { method: "validation gradient", lambda: lambda.item(), outcome };
}

/** Of the least-squares problem: without other images. */
export function byFilters(problem: FilteredProblem): Choice[] {
  // Images without their mean have one direction less than there are images: what is left of it is rounding, and no place to look for a corner.
  const largest = problem.sigma[0]!;
  const smallest = problem.sigma.findLast((s) => s > 1e-6 * largest)!;
  return [
    ["GCV", generalizedCrossValidation(problem)] as const,
    ["robust GCV", generalizedCrossValidation(problem, { robustness: 0.1 })] as const,
    ["L-curve", lCurve(problem, { range: [smallest ** 2, largest ** 2] })] as const,
  ].map(([method, { lambda, outcome }]) => ({ method, lambda, outcome }));
}
