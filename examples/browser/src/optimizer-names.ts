/** The ways down that the page offers. `optimizerOf` and `minimizers` make them. */
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

/** Whether a method takes all examples in every iteration, and finds the length of its steps itself. */
export function isMinimizer(id: OptimizerId): id is "lbfgs" | "newtonCg" {
  return id === "lbfgs" || id === "newtonCg";
}
