import type { Backend } from "@paramat/backends";
import { ndarray, type Value } from "@paramat/core";

/** One identity matrix, to stand for all blocks by broadcasting: [2, 1, n, n]. */
export function identityBlock(backend: Backend, n: number): Value {
  const entries = new Float64Array(2 * n * n);
  for (let i = 0; i < n; i++) entries[i * n + i] = 1;
  return ndarray(backend, entries, [2, 1, n, n]);
}
