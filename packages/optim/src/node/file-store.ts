import { open, readFile, rename, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { Backend } from "@paramat/backends";
import { DataError } from "@paramat/core";
import type { Checkpoint, CheckpointStore } from "../checkpoints/checkpoint.js";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoints/encode-checkpoint.js";

/** A checkpoint in a file. An earlier run's is set aside as `file.previous`, where one checkpoint is kept. */
export function fileStore(file: string): CheckpointStore {
  return {
    name: file,
    save: (checkpoint) => saveCheckpoint(file, checkpoint),
    load: async (backend) => {
      const bytes = await readIfThere(file);
      return bytes && decodeCheckpoint(bytes, backend, file);
    },
    async setAside() {
      const aside = `${file}.previous`;
      try {
        await rename(file, aside);
        return aside;
      } catch (error) {
        if (isNotThere(error)) return null;
        throw error;
      }
    },
  };
}

/**
 * Writes a checkpoint to `file`, whole or not at all: to another file of the same folder first, which is forced to the disk and then takes the name.
 * @remarks A process that is killed in between may leave that other file, `file.<process>.tmp`; the one under the name is always whole.
 */
export async function saveCheckpoint(file: string, checkpoint: Checkpoint): Promise<void> {
  const bytes = await encodeCheckpoint(checkpoint);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, "w");
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(file));
}

/**
 * The checkpoint in `file`, its arrays on `backend`.
 * @throws DataError if there is no such file, or it is no checkpoint, of a newer version, truncated or corrupt
 * @remarks A backend of another precision takes the numbers rounded to its own.
 */
export async function loadCheckpoint(file: string, backend: Backend): Promise<Checkpoint> {
  const bytes = await readIfThere(file);
  if (bytes === null) throw new DataError(`checkpoint: there is no file ${file}; give the file that a run has saved`);
  return decodeCheckpoint(bytes, backend, file);
}

async function readIfThere(file: string): Promise<Uint8Array | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (isNotThere(error)) return null;
    throw error;
  }
}

/** Makes the new name itself outlast a power cut, where folders can be opened (not on Windows). */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // The checkpoint is whole under its name already; only the moment at which the name is on the disk is left to the system.
  }
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
