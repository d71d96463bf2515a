import type { Backend } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import type { Checkpoint } from "../../src/checkpoints/checkpoint.js";

/** A checkpoint in which nothing is empty. */
export function someCheckpoint(backend: Backend, theta: readonly number[] = [1, 2, 3]): Checkpoint {
  const params = { conv: { theta: ndarray(backend, theta) }, layers: [ndarray(backend, [[0.1, -0]]), {}] };
  return {
    params,
    optimizerState: { step: ndarray(backend, 7), velocity: params },
    rng: rng(1).state(),
    epochRng: rng(2).state(),
    epoch: 2,
    step: 7,
    batchInEpoch: 1,
    lossSum: 0.1 + 0.2,
    seconds: 1.5,
    history: [
      { epoch: 1, trainLoss: 1 / 3, isBest: true, validationLoss: 0.5, metrics: { accuracy: 0.25 }, seconds: 1 },
      { epoch: 2, trainLoss: 1e-300, isBest: false, seconds: 2 },
    ],
    best: { params, epoch: 1, loss: 0.5 },
    backendName: backend.name,
    optimizerName: "sgd",
    optimizerSettings: { learningRate: 0.1, nesterov: false },
    batchSize: 4,
    trainSize: 10,
    trainFingerprint: "00ff",
    meta: { network: ["conv", "dense"], note: "ü" },
  };
}
