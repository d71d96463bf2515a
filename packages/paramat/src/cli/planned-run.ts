import { existsSync } from "node:fs";
import { join } from "node:path";
import { cpu } from "@paramat/backends";
import { fileStore } from "@paramat/optim/node";
import { DATA, type DataName, type KnownSettings, type RunSettings } from "./run-settings.js";
import { notedSettings, settleSettings } from "./settle-settings.js";
import type { TrainOptions } from "./train-options.js";

/** What a command line trains, and where its checkpoint is kept. */
export interface PlannedRun {
  readonly settings: RunSettings;
  readonly file: string;
  /** Of the run that is resumed; null if it is a new one. */
  readonly stored: KnownSettings | null;
}

/**
 * The settings of the command line, completed from the checkpoint that it resumes.
 * @throws DataError if the checkpoint cannot be trusted, or was made with other settings than are given
 */
export async function plannedRun({ given, out, resume }: TrainOptions): Promise<PlannedRun> {
  const fileOf = (name: DataName): string => join(out, `${name}.checkpoint`);
  const found = resume ? DATA.filter((name) => existsSync(fileOf(name))) : [];
  // Where the folder holds one run's checkpoint alone there is no doubt which is meant.
  const name = given.data ?? (found.length === 1 ? found[0] : undefined) ?? "digits";
  const file = fileOf(name);
  const kept = resume ? await fileStore(file).load(cpu("float64")) : null;
  const stored = kept && notedSettings(kept.meta);
  return { settings: settleSettings({ ...given, data: name }, stored, file), file, stored };
}
