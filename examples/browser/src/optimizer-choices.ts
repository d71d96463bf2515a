import { adagrad, adam, adamW, lbfgs, lion, type Minimizer, newtonCg, type Optimizer, rmsprop, sgd } from "paramat";

/** The ways down that the page offers. */
export const optimizerNames = {
  adam: "Adam",
  adamW: "AdamW",
  sgd: "gradient descent (SGD)",
  momentum: "SGD with momentum",
  nesterov: "SGD, Nesterov's momentum",
  rmsprop: "RMSProp",
  adagrad: "Adagrad",
  lion: "Lion",
  lbfgs: "L-BFGS, all examples at once",
  newtonCg: "Newton–CG, all examples at once",
} as const;

export type OptimizerId = keyof typeof optimizerNames;

/** A learning rate to start from. */
export const usualRate: Readonly<Record<OptimizerId, number>> = {
  adam: 0.01,
  adamW: 0.01,
  sgd: 0.2,
  momentum: 0.05,
  nesterov: 0.05,
  rmsprop: 0.003,
  adagrad: 0.03,
  lion: 0.001,
  lbfgs: 1,
  newtonCg: 1,
};

/** Methods that take all examples in every iteration, and find the length of their steps themselves. */
export const minimizers: Readonly<Partial<Record<OptimizerId, Minimizer>>> = { lbfgs, newtonCg };

/** @throws RangeError for a learning rate that is not a number ≥ 0 */
export function optimizerOf(id: OptimizerId, learningRate: number): Optimizer {
  switch (id) {
    case "adamW":
      return adamW({ learningRate });
    case "sgd":
      return sgd({ learningRate });
    case "momentum":
      return sgd({ learningRate, momentum: 0.9 });
    case "nesterov":
      return sgd({ learningRate, momentum: 0.9, nesterov: true });
    case "rmsprop":
      return rmsprop({ learningRate });
    case "adagrad":
      return adagrad({ learningRate });
    case "lion":
      return lion({ learningRate });
    default:
      return adam({ learningRate });
  }
}
