import { add, argmax, compile, gather, hvp, matmul, mean, mul, ndarray, notEqual, type Value, valueAndGrad, zeros } from "@paramat/core";
import { softmaxCrossEntropy } from "@paramat/layers";
import { type Minimizer, newtonCg, type Outcome, type ReducedObjective } from "@paramat/optim";
import { tikhonov } from "@paramat/regularizers";

/** Weights in the coordinates of a standard form: A is penalized, B is not. */
export type Weights = { readonly A: Value; readonly B: Value };

/** Examples in those coordinates, with their classes as one-hot rows. */
export type Examples = { readonly features: Value; readonly free: Value; readonly classes: Value };

export interface FitOptions {
  readonly warm?: Weights | undefined;
  /** Of ‖gradient‖; default 1e-6. */
  readonly tolerance?: number;
  /** Default `newtonCg`. Matters where λ = 0: then there may be no minimizer, and where one stops depends on the way. */
  readonly minimizer?: Minimizer;
}

export type SoftmaxFit = (examples: Examples, lambda: number, options?: FitOptions) => Promise<Outcome<Weights>>;

/** F A + U B. */
function logits({ features, free }: Examples, { A, B }: Weights): Value {
  return add(matmul(features, A), matmul(free, B));
}

/** Mean cross-entropy of softmax(F A + U B), in nats. */
export function entropy(examples: Examples, at: Weights): Value {
  return softmaxCrossEntropy(logits(examples, at), examples.classes);
}

/** Share of the examples of which another class has the largest logit. */
export function wrongShare(examples: Examples, at: Weights): Value {
  const isWrong = notEqual(argmax(logits(examples, at), { axis: 1 }), argmax(examples.classes, { axis: 1 }));
  return mean(isWrong);
}

/** The examples at these places. */
export function pick({ features, free, classes }: Examples, places: Int32Array): Examples {
  return { features: gather(features, places), free: gather(free, places), classes: gather(classes, places) };
}

/** Everything 0. */
export function noWeights({ features, free, classes }: Examples): Weights {
  const [rank, columns, numClasses] = [features.shape[1]!, free.shape[1]!, classes.shape[1]!];
  return { A: zeros(features.backend, [rank, numClasses]), B: zeros(features.backend, [columns, numClasses]) };
}

/** argmin entropy + ½λ‖A‖². Programs are compiled once for each form of the examples, not for each fit. */
export function softmaxFit(): SoftmaxFit {
  const penalty = tikhonov();
  const objective = (examples: Examples, lambda: Value) => (at: Weights) => add(entropy(examples, at), mul(lambda, penalty(at.A)));
  const both = compile((at: Weights, examples: Examples, lambda: Value) => valueAndGrad(objective(examples, lambda))(at));
  const product = compile((at: Weights, v: Weights, examples: Examples, lambda: Value) => hvp(objective(examples, lambda), at, v));
  return (examples, lambda, { warm = noWeights(examples), tolerance = 1e-6, minimizer = newtonCg } = {}) => {
    const weight = ndarray(examples.features.backend, lambda);
    const problem: ReducedObjective<Weights> = {
      keepsNothing: true,
      async valueAndGradient(at, vectors) {
        const [value, gradient] = vectors!.make(() => {
          const found = both(at, examples, weight);
          return [found.value, found.gradient] as const;
        });
        return { value: (await value.read())[0]!, gradient };
      },
      hessianAt: async (at) => (v, vectors) => vectors.make(() => product(at, v, examples, weight)),
    };
    return minimizer(problem, warm, { gradientTolerance: tolerance, maxIterations: 2000 });
  };
}
