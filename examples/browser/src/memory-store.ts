import { type CheckpointStore, decodeCheckpoint, encodeCheckpoint } from "paramat";

/** A checkpoint's store that holds its bytes in memory. */
export interface MemoryStore extends CheckpointStore {
  bytes(): Uint8Array | null;
}

/** @param first what it holds to begin with */
export function memoryStore(name: string, first: Uint8Array | null = null): MemoryStore {
  let kept = first;
  return {
    name,
    bytes: () => kept,
    save: async (checkpoint) => {
      kept = await encodeCheckpoint(checkpoint);
    },
    load: async (backend) => kept && decodeCheckpoint(kept, backend, name),
  };
}
