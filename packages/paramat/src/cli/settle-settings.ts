import { DataError } from "@paramat/core";
import type { Json } from "@paramat/optim";
import { defaultBackendName } from "./backend-of.js";
import { presets } from "./presets.js";
import { BACKENDS, DATA, type KnownSettings, MINIMIZERS, type RunSettings } from "./run-settings.js";

/**
 * The settings of a run: what the command line gives, else what the checkpoint that is resumed was made with, else the preset of the data set.
 * @param stored of the checkpoint `file`; null where nothing is resumed
 * @throws DataError naming each option that is given with another value than the checkpoint's; more epochs are allowed
 */
export function settleSettings(given: KnownSettings, stored: KnownSettings | null, file: string): RunSettings {
  const conflicts = stored ? keys.filter((key) => isConflict(key, given, stored)) : [];
  if (stored && conflicts.length > 0) {
    const list = (from: KnownSettings) => conflicts.map((key) => shown(key, from)).join(" ");
    throw new DataError(
      `train --resume: ${file} was written with ${list(stored)} and this command gives ${list(given)}; ` +
        `leave ${conflicts.map((key) => OPTION[key]).join(" and ")} out, or train anew without --resume`,
    );
  }
  const data = given.data ?? stored?.data ?? "digits";
  const minimizer = given.minimizer ?? stored?.minimizer ?? null;
  // Iterations are shorter than epochs and need more of them; parts of examples want to be as large as memory allows.
  const preset = { ...presets[data], ...(minimizer && { epochs: 100, batch: 500 }) };
  return {
    data,
    train: given.train ?? stored?.train ?? null,
    minimizer,
    epochs: given.epochs ?? stored?.epochs ?? preset.epochs,
    batch: given.batch ?? stored?.batch ?? preset.batch,
    learningRate: given.learningRate ?? stored?.learningRate ?? preset.learningRate,
    lambda: given.lambda ?? stored?.lambda ?? 1e-4,
    seed: given.seed ?? stored?.seed ?? 1,
    backend: given.backend ?? stored?.backend ?? defaultBackendName(),
    threads: given.threads ?? stored?.threads ?? 1,
  };
}

/** The settings among a checkpoint's notes; older checkpoints note fewer. */
export function notedSettings(notes: { readonly [key: string]: Json }): KnownSettings {
  const number = (key: string): number | undefined => {
    const value = notes[key];
    return typeof value === "number" ? value : undefined;
  };
  const backend = BACKENDS.find((name) => name === notes.backend);
  return {
    data: DATA.find((name) => name === notes.data),
    train: notes.train === null ? null : number("train"),
    minimizer: notes.minimizer === null ? null : MINIMIZERS.find((name) => name === notes.minimizer),
    epochs: number("epochs"),
    batch: number("batch"),
    learningRate: number("learningRate"),
    lambda: number("lambda"),
    seed: number("seed"),
    backend,
    // Checkpoints that do not note them were written by one thread.
    threads: number("threads") ?? (backend && 1),
  };
}

const OPTION: Readonly<Record<keyof RunSettings, string>> = {
  data: "--data",
  train: "--train",
  minimizer: "--minimizer",
  epochs: "--epochs",
  batch: "--batch",
  learningRate: "--learning-rate",
  lambda: "--lambda",
  seed: "--seed",
  backend: "--backend",
  threads: "--threads",
};
const keys = Object.keys(OPTION) as (keyof RunSettings)[];

function isConflict(key: keyof RunSettings, given: KnownSettings, stored: KnownSettings): boolean {
  const [now, then] = [given[key], stored[key]];
  if (now === undefined || then === undefined || now === then) return false;
  return !(key === "epochs" && now !== null && then !== null && now > then);
}

function shown(key: keyof RunSettings, { [key]: value }: KnownSettings): string {
  return value === null ? `no ${OPTION[key]}` : `${OPTION[key]} ${value}`;
}
