import { mkdir, open, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { DataError } from "@paramat/core";

/**
 * Makes the folder, with the folders above it, and a file in it for a moment.
 * @throws DataError if it is no folder or cannot be written to
 */
export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    const probe = join(folder, `.paramat-${process.pid}.tmp`);
    await (await open(probe, "w")).close();
    await unlink(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`train: cannot write to --out ${folder}: ${reason}; give a folder that can be written to`);
  }
}

/** One folder at a time: on file systems that take no folders, such as /proc, `recursive` may never come back. */
async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${path} is a file`);
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    // Another run may have made it in the meantime.
    if (error.code !== "EEXIST") throw error;
  });
}
