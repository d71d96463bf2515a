/** A map that makes what it lacks and holds at most `limit` values; when full it drops the one longest unused. */
export function createCache<V>(limit: number): (key: string, make: () => V) => V {
  const entries = new Map<string, V>();
  return (key, make) => {
    const known = entries.get(key);
    const full = entries.size >= limit;
    if (known !== undefined) {
      if (full) {
        // A Map lists keys in the order they were set. Below the limit nothing is dropped and the order does not matter.
        entries.delete(key);
        entries.set(key, known);
      }
      return known;
    }
    if (full) {
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        break;
      }
    }
    const value = make();
    entries.set(key, value);
    return value;
  };
}
