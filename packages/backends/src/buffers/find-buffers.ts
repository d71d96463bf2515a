import { OwnedBuffer } from "./owned-buffer.js";

/**
 * Every buffer that can be reached from `value` through arrays, maps, sets and the properties of objects, such as an array's `buffer`. Backends, functions
 * and promises are not looked into.
 */
export function findBuffers(value: unknown): ReadonlySet<OwnedBuffer> {
  const found = new Set<OwnedBuffer>();
  const seen = new Set<object>();
  const pending: object[] = [];
  const look = (next: unknown): void => {
    if (typeof next === "object" && next !== null) pending.push(next);
  };
  look(value);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next instanceof OwnedBuffer) {
      found.add(next);
      continue;
    }
    if (seen.has(next) || ArrayBuffer.isView(next) || isBackend(next)) continue;
    seen.add(next);
    if (Array.isArray(next) || next instanceof Set) next.forEach(look);
    else if (next instanceof Map)
      next.forEach((entry, key) => {
        look(key);
        look(entry);
      });
    else for (const key of Object.keys(next)) look((next as Record<string, unknown>)[key]);
  }
  return found;
}

function isBackend(value: object): boolean {
  return "upload" in value && "scope" in value;
}
