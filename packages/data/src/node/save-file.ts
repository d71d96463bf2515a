import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { DataError } from "@paramat/core";

/**
 * Writes `bytes` to `path` whole or not at all: into a file beside it first, which is then renamed; missing folders are made.
 * @throws DataError if the place cannot be written
 */
export async function saveFile(path: string, bytes: Uint8Array): Promise<void> {
  const partial = `${path}.${randomUUID()}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(partial, bytes);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw new DataError(
      `saveFile: cannot write ${path} (${(cause as Error).message}); ` +
        `make its folder writable, or set XDG_CACHE_HOME or the option \`cache\` to one that is`,
    );
  }
}
