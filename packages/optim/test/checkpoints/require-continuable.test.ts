import { cpu } from "@paramat/backends";
import { DataError, ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { requireContinuable } from "../../src/checkpoints/require-continuable.js";
import { someCheckpoint } from "./some-checkpoint.js";

const backend = cpu("float64");
const kept = someCheckpoint(backend);

function refusal(changes: Partial<typeof kept>): string {
  try {
    requireContinuable("run.ckpt", kept, { ...kept, ...changes });
  } catch (error) {
    expect(error).toBeInstanceOf(DataError);
    return (error as DataError).message;
  }
  return "accepted";
}

describe("requireContinuable", () => {
  it("accepts the same network with other numbers", () => {
    expect(refusal(someCheckpoint(backend, [9, 9, 9]))).toBe("accepted");
  });

  it("names the first array whose shape is another", () => {
    expect(refusal({ params: someCheckpoint(backend, [1, 2]).params })).toBe(
      "resume: run.ckpt does not fit: it belongs to another network: it has params.conv.theta [3] where this run has params.conv.theta [2]; build the same network and optimizer",
    );
  });

  it("names an array that is not there", () => {
    const { conv } = kept.params as { conv: { theta: ReturnType<typeof ndarray> } };
    expect(refusal({ params: { conv } })).toContain("it has params.layers[0] [1, 2] where this run has no array");
    expect(refusal({ params: { dense: conv } })).toContain("it has params.conv.theta [3] where this run has params.dense.theta [3]");
  });

  it("names the backend, the optimizer, its state, the batch size and the number of examples", () => {
    expect(refusal({ backendName: "cpu-float32" })).toBe(
      "resume: run.ckpt was written on cpu-float64 and this run is on cpu-float32, whose rounding differs; continue on cpu-float64, or start anew from the checkpoint's params",
    );
    expect(refusal({ optimizerName: "adam" })).toContain("was written with the optimizer sgd and this run has adam");
    expect(refusal({ optimizerState: { step: ndarray(backend, 0), velocity: [] } })).toContain(
      "the optimizer has other options: it has optimizerState.velocity.conv.theta [3] where this run has no array",
    );
    expect(refusal({ batchSize: 5 })).toContain("was written with batchSize 4 and this run has 5");
    expect(refusal({ trainSize: 11 })).toContain("was written with trainSize 10 and this run has 11");
  });

  it("names the optimizer's option, and the examples", () => {
    expect(refusal({ optimizerSettings: { learningRate: 0.2, nesterov: false } })).toBe(
      "resume: run.ckpt was written with the optimizer's learningRate 0.1 and this run has 0.2; use the same, or start anew from the checkpoint's params",
    );
    expect(refusal({ optimizerSettings: { learningRate: "schedule", nesterov: false } })).toContain('this run has "schedule"');
    expect(refusal({ trainFingerprint: "00fe" })).toBe(
      "resume: run.ckpt was written with other training examples: their fingerprint is 00ff and this run's is 00fe; give the same examples in the same order, or start anew from the checkpoint's params",
    );
  });

  it("accepts a file that was written before settings and fingerprints were kept", () => {
    const { optimizerSettings: _, trainFingerprint: __, ...old } = kept;
    expect(() => requireContinuable("run.ckpt", old, kept)).not.toThrow();
    expect(() => requireContinuable("run.ckpt", kept, old)).not.toThrow();
  });
});
