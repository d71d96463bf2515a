import { vi } from "vitest";

/** A stand-in for the engine's finalisation, where garbage is what a test says it is: when a real collection comes is nobody's to know. */
export interface Finalization {
  /** Everything that is watched and that `isGarbage` holds of is forgotten: its registry's callback runs. By default all. */
  collect(isGarbage?: (target: object) => boolean): void;
}

/** Registries made from now on, until the test's globals are put back, are this one's. */
export function stubFinalization(): Finalization {
  const watched = new Set<{
    readonly target: object;
    readonly token: object | undefined;
    readonly owner: object;
    readonly forget: () => void;
  }>();
  vi.stubGlobal(
    "FinalizationRegistry",
    class<T> {
      constructor(private readonly callback: (held: T) => void) {}
      register(target: object, held: T, token?: object): void {
        watched.add({ target, token, owner: this, forget: () => this.callback(held) });
      }
      unregister(token: object): void {
        for (const entry of watched) if (entry.owner === this && entry.token === token) watched.delete(entry);
      }
    },
  );
  return {
    collect(isGarbage = () => true) {
      for (const entry of [...watched].filter(({ target }) => isGarbage(target))) {
        watched.delete(entry);
        entry.forget();
      }
    },
  };
}
