import type { Checkpoint, CheckpointStore } from "../../src/checkpoints/checkpoint.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/checkpoints/encode-checkpoint.js";

/** A store that holds the bytes a file would hold, and what was saved before them. */
export function memoryStore(): CheckpointStore & { readonly saved: Checkpoint[]; bytes(): Uint8Array | null } {
  let bytes: Uint8Array | null = null;
  const saved: Checkpoint[] = [];
  return {
    name: "memory",
    saved,
    bytes: () => bytes,
    async save(checkpoint) {
      bytes = await encodeCheckpoint(checkpoint);
      saved.push(checkpoint);
    },
    load: async (backend) => bytes && decodeCheckpoint(bytes, backend, "memory"),
  };
}
