import { adagrad, adam, adamW, lbfgs, lion, type Minimizer, newtonCg, type Optimizer, rmsprop, sgd } from "paramat";
import type { OptimizerId } from "./optimizer-names.js";

export const minimizers: Readonly<Record<"lbfgs" | "newtonCg", Minimizer>> = { lbfgs, newtonCg };

const makers: Readonly<Record<Exclude<OptimizerId, keyof typeof minimizers>, (learningRate: number) => Optimizer>> = {
  adam: (learningRate) => adam({ learningRate }),
  adamW: (learningRate) => adamW({ learningRate }),
  sgd: (learningRate) => sgd({ learningRate }),
  momentum: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  nesterov: (learningRate) => sgd({ learningRate, momentum: 0.9, nesterov: true }),
  rmsprop: (learningRate) => rmsprop({ learningRate }),
  adagrad: (learningRate) => adagrad({ learningRate }),
  lion: (learningRate) => lion({ learningRate }),
};

/** @throws RangeError for a learning rate that is not a number ≥ 0 */
export function optimizerOf(id: keyof typeof makers, learningRate: number): Optimizer {
  return makers[id](learningRate);
}
