import { DataError } from "@paramat/core";
import type { Dataset, Split } from "../dataset.js";
import { generateDigits } from "../generate-digits.js";
import { cacheFolder } from "./cache-folder.js";
import { catalogue, type Source, type SourceFile, type SourceName } from "./catalogue.js";
import { type ObtainOptions, obtainFile, type Place } from "./obtain-file.js";

export type DatasetName = "digits" | SourceName;

export interface LoadDatasetOptions {
  /** Folder that holds `mnist/`, `fashion-mnist/`, `optdigits/`; $PARAMAT_DATA by default. */
  readonly folder?: string;
  /** Where downloads are kept and looked for; `cacheFolder()` by default. */
  readonly cache?: string;
  /** Take the first so many training examples; all by default (`digits`: 4000). */
  readonly train?: number;
  /** Take the first so many test examples; all by default (`digits`: 1000). */
  readonly test?: number;
  /** Seed of the generated `digits`; 0 by default. */
  readonly seed?: number;
  /** false stays off the network. */
  readonly download?: boolean;
  /** Addresses to try instead of the known ones; a file's name is appended. */
  readonly mirrors?: readonly string[];
  /** A mirror silent for so many milliseconds is given up; 30 000 by default. */
  readonly patience?: number;
  /** Told what is found, downloaded and saved, one line at a time. */
  readonly log?: (line: string) => void;
  readonly fetch?: typeof fetch;
}

/**
 * A data set by name: `digits` (generated), `mnist` and `fashion-mnist` ([28, 28, 1]), `optdigits` ([8, 8, 1]);
 * grey values scaled to 0 … 1.
 * Files are looked for in `folder`, then in `cache`, then downloaded; each is verified by its sha256 before it is read.
 * @throws DataError if the name is unknown, a file is missing and cannot be had, or a file is not the published one
 */
export async function loadDataset(name: DatasetName, options: LoadDatasetOptions = {}): Promise<Dataset> {
  const { train, test } = options;
  if (name === "digits") return generateDigits({ train: train ?? 4000, test: test ?? 1000, seed: options.seed ?? 0 });
  if (!Object.hasOwn(catalogue, name)) {
    throw new DataError(`loadDataset: there is no data set "${String(name)}"; there are digits, ${Object.keys(catalogue).join(", ")}`);
  }
  const source = catalogue[name];
  const from = obtainOptions(source, options);
  return {
    name,
    shape: source.shape,
    classes: source.classes,
    train: await loadSplit(source, source.train, train, from),
    test: await loadSplit(source, source.test, test, from),
  };
}

async function loadSplit(source: Source, files: readonly SourceFile[], limit: number | undefined, from: ObtainOptions): Promise<Split> {
  const contents: Uint8Array[] = [];
  for (const file of files) contents.push(await obtainFile(file, from));
  return source.read(files, contents, limit);
}

function obtainOptions(source: Source, options: LoadDatasetOptions): ObtainOptions {
  const named = process.env["PARAMAT_DATA"];
  const folder = options.folder ?? (named === "" ? undefined : named);
  const role = options.folder === undefined ? "PARAMAT_DATA" : "option `folder`";
  const cache: Place = { folder: options.cache ?? cacheFolder(), role: "cache", remedy: "delete it, and it will be downloaded again" };
  const given: readonly Place[] = folder === undefined ? [] : [{ folder, role, remedy: "replace it by the published file, or remove it" }];
  return {
    places: [...given, cache],
    mirrors: options.download === false ? [] : (options.mirrors ?? source.mirrors),
    patience: options.patience ?? 30_000,
    log: options.log ?? (() => undefined),
    fetch: options.fetch ?? fetch,
  };
}
