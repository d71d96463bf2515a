import { BackendError, leaves, type Tree } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { checkExamples } from "./examples.js";
import type { FitByMinimizerOptions, FitOptions, TrainingOptions } from "./fit-options.js";

/** @throws RangeError, TypeError, ShapeError or BackendError naming the option that is wrong, before any work */
export function checkFitOptions<P extends Tree>(options: FitOptions<P> | FitByMinimizerOptions<P>): void {
  if ((options.optimizer === undefined) === (options.minimizer === undefined))
    throw new TypeError(
      `fit: there is ${options.optimizer ? "an optimizer and a minimizer" : "no optimizer and no minimizer"}; give one of the two`,
    );
  if (options.minimizer) {
    requireCount("fit", "iterations", options.iterations, 0);
    for (const name of ["batchSize", "validateEvery"] as const) {
      const value = options[name];
      if (value !== undefined) requireCount("fit", name, value, 1);
    }
  } else {
    requireCount("fit", "epochs", options.epochs, 0);
    requireCount("fit", "batchSize", options.batchSize, 1);
  }
  checkTrainingOptions(options);
}

function checkTrainingOptions<P extends Tree>(options: TrainingOptions<P>): void {
  const stray = leaves(options.params).find((leaf) => leaf.backend !== options.backend)?.backend;
  if (stray) {
    const which =
      stray.name === options.backend.name ? `another ${stray.name} than backend` : `${stray.name}, and backend is ${options.backend.name}`;
    throw new BackendError(`fit: params are on ${which}; make both with one backend, or move params with toBackend(x, backend)`);
  }
  const { patience, minDelta = 0, validation, checkpoint, resume, metrics = {}, evaluate } = options;
  if (patience !== undefined) {
    requireCount("fit", "patience", patience, 1);
    if (!validation)
      throw new TypeError(`fit: patience is ${patience} and there are no validation examples; give validation, or leave patience out`);
  }
  if (!(minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY))
    throw new RangeError(`fit: minDelta is ${minDelta}; it must be a finite number ≥ 0`);
  const names = Object.keys(metrics);
  if (names.length > 0 && !validation)
    throw new TypeError(`fit: metrics are ${names.join(", ")} and there are no validation examples; give validation, or leave metrics out`);
  if (names.length > 0 && !evaluate)
    throw new TypeError(
      `fit: metrics are ${names.join(", ")} and there is no evaluate that gives the output; give evaluate: (params, batch) => ({ loss, output })`,
    );
  if (checkpoint?.everySteps !== undefined) requireCount("fit", "checkpoint.everySteps", checkpoint.everySteps, 1);
  if (checkpoint?.everyEpochs !== undefined) requireCount("fit", "checkpoint.everyEpochs", checkpoint.everyEpochs, 1);
  if (resume && !checkpoint)
    throw new TypeError("fit: resume is true and there is no checkpoint; say where it is kept: checkpoint: { store }");
  checkExamples("fit", "train", options.train);
  if (validation) checkExamples("fit", "validation", validation);
}
