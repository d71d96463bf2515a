import { DataError, leaves, paths, sameShape, showShape, type Tree } from "@paramat/core";
import type { Checkpoint } from "./checkpoint.js";

/** What a run that continues a checkpoint brings with it. */
export type Continuation = Pick<
  Checkpoint,
  | "params"
  | "optimizerState"
  | "optimizerName"
  | "optimizerSettings"
  | "backendName"
  | "batchSize"
  | "trainSize"
  | "trainFingerprint"
  | "settings"
>;

/** @throws DataError unless `run` would continue the checkpoint bit for bit: the same network, optimizer and settings, backend, batches and examples */
export function requireContinuable(name: string, checkpoint: Checkpoint, run: Continuation): void {
  if (checkpoint.backendName !== run.backendName) {
    throw new DataError(
      `resume: ${name} was written on ${checkpoint.backendName} and this run is on ${run.backendName}, whose rounding differs; ` +
        `continue on ${checkpoint.backendName}, or start anew from the checkpoint's params`,
    );
  }
  requireSameForm(name, "params", checkpoint.params, run.params, "it belongs to another network");
  if (checkpoint.optimizerName !== run.optimizerName) {
    throw new DataError(
      `resume: ${name} was written with the optimizer ${checkpoint.optimizerName} and this run has ${run.optimizerName}; use the same, or start anew from the checkpoint's params`,
    );
  }
  requireSameSettings(name, "the optimizer's ", checkpoint.optimizerSettings, run.optimizerSettings);
  requireSameSettings(name, "", checkpoint.settings, run.settings);
  requireSameForm(name, "optimizerState", checkpoint.optimizerState, run.optimizerState, "the optimizer has other options");
  for (const key of ["batchSize", "trainSize"] as const) {
    if (checkpoint[key] !== run[key]) {
      throw new DataError(
        `resume: ${name} was written with ${key} ${checkpoint[key]} and this run has ${run[key]}; use the same, or start anew from the checkpoint's params`,
      );
    }
  }
  if (
    checkpoint.trainFingerprint !== undefined &&
    run.trainFingerprint !== undefined &&
    checkpoint.trainFingerprint !== run.trainFingerprint
  ) {
    throw new DataError(
      `resume: ${name} was written with other training examples: their fingerprint is ${checkpoint.trainFingerprint} and this run's is ${run.trainFingerprint}; ` +
        "give the same examples in the same order, or start anew from the checkpoint's params",
    );
  }
}

/** Settings that one side does not know of are not compared. */
function requireSameSettings(name: string, whose: string, kept: Continuation["settings"], now: Continuation["settings"]): void {
  for (const [key, value] of Object.entries(kept ?? {})) {
    const given = now?.[key];
    if (given === undefined || JSON.stringify(given) === JSON.stringify(value)) continue;
    throw new DataError(
      `resume: ${name} was written with ${whose}${key} ${JSON.stringify(value)} and this run has ${JSON.stringify(given)}; use the same, or start anew from the checkpoint's params`,
    );
  }
}

/** The first leaf at which two trees differ, in place or in shape, is named. */
function requireSameForm(name: string, part: string, found: Tree, wanted: Tree, verdict: string): void {
  const list = (tree: Tree) => {
    const arrays = leaves(tree);
    return paths(tree).map((path, i) => ({ path: `${part}${path}`, shape: arrays[i]?.shape ?? [] }));
  };
  const [have, want] = [list(found), list(wanted)];
  for (let i = 0; i < Math.max(have.length, want.length); i++) {
    const [a, b] = [have[i], want[i]];
    if (a && b && a.path === b.path && sameShape(a.shape, b.shape)) continue;
    const show = (leaf: typeof a) => (leaf ? `${leaf.path} ${showShape(leaf.shape)}` : "no array");
    throw new DataError(
      `resume: ${name} does not fit: ${verdict}: it has ${show(a)} where this run has ${show(b)}; build the same network and optimizer`,
    );
  }
}
