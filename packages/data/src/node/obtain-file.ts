import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "@paramat/core";
import type { SourceFile } from "./catalogue.js";
import { type DownloadOptions, downloadFile } from "./download-file.js";
import { saveFile } from "./save-file.js";

/** A folder to look in, and what people know it by. */
export interface Place {
  readonly folder: string;
  readonly role: string;
  /** What to do about a file there whose hash is wrong. */
  readonly remedy: string;
}

export interface ObtainOptions extends DownloadOptions {
  /** Where to look, in turn; a download is saved in the last. */
  readonly places: readonly [...Place[], Place];
  /** Empty to stay off the network. */
  readonly mirrors: readonly string[];
}

/**
 * The bytes of `file` from the first place that has it, else from a mirror, verified wherever they come from.
 * @throws DataError if a file that was found has another sha256, or if the file was nowhere to be had
 */
export async function obtainFile(file: SourceFile, options: ObtainOptions): Promise<Uint8Array> {
  for (const place of options.places) {
    const path = join(place.folder, file.path);
    const bytes = await readIfThere(path);
    if (bytes === undefined) continue;
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (sha256 !== file.sha256) {
      throw new DataError(
        `loadDataset: ${path} (${bytes.length} bytes) is not the published file: ` +
          `expected sha256 ${file.sha256}, found ${sha256}; ${place.remedy}`,
      );
    }
    options.log(`${file.path}: found in ${place.folder} (${place.role})`);
    return bytes;
  }
  const looked = options.places.map((place) => `${place.folder} (${place.role})`).join(", nor in ");
  if (options.mirrors.length === 0)
    throw missing(file, looked, "nothing was downloaded, since `download` is false or there are no mirrors");
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const bytes = await downloadFile(
    file,
    options.mirrors.map((mirror) => `${mirror.replace(/\/*$/, "/")}${name}`),
    options,
  ).catch((cause: unknown) => {
    throw cause instanceof DataError ? missing(file, looked, cause.message) : cause;
  });
  const path = join(options.places[options.places.length - 1]!.folder, file.path);
  await saveFile(path, bytes);
  options.log(`${file.path}: verified, saved as ${path}`);
  return bytes;
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new DataError(`loadDataset: cannot read ${path} (${(cause as Error).message}); it must be a readable file`);
  }
}

function missing(file: SourceFile, looked: string, download: string): DataError {
  return new DataError(
    `loadDataset: ${file.path} is missing: it is not in ${looked}; ${download}; ` +
      `connect to the internet, or set PARAMAT_DATA to a folder that holds ${file.path}`,
  );
}
