/** A cache that keeps at least the latest half of `most` entries that were used, and never more than `most`. */
export interface BoundedCache<V> {
  get(key: string): V | undefined;
  /** For keys that `get` did not find. */
  set(key: string, value: V): void;
  readonly size: number;
}

/**
 * Two generations: when the younger is full it becomes the elder, whose entries come back when they are used. A hit costs one look-up, without a list to reorder.
 * @param dropped is told of what the cache forgets
 */
export function boundedCache<V>(most: number, dropped?: (value: V) => void): BoundedCache<V> {
  let [younger, elder]: [Map<string, V>, Map<string, V>] = [new Map(), new Map()];
  const set = (key: string, value: V): void => {
    if (younger.size >= most / 2) {
      if (dropped) for (const old of elder.values()) dropped(old);
      [younger, elder] = [new Map(), younger];
    }
    younger.set(key, value);
  };
  return {
    get(key) {
      const young = younger.get(key);
      if (young !== undefined) return young;
      const old = elder.get(key);
      if (old === undefined) return undefined;
      elder.delete(key);
      set(key, old);
      return old;
    },
    set,
    get size() {
      return younger.size + elder.size;
    },
  };
}
