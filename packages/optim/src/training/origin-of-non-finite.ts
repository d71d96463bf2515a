import { type Backend, cpu } from "@paramat/backends";
import { leaves, ndarray, rebuild, type Tree, type Value } from "@paramat/core";
import { explainNonFinite, type NonFiniteReport } from "@paramat/core/check";

/** The objective on the examples at work, on a backend: the same each time. */
export type Again<P extends Tree> = (params: P, backend: Backend) => Value;

/**
 * The op that first made NaN or ∞; null if none did.
 * @remarks Where the backend cannot be read without waiting, the computation is gone through on the CPU, in the same precision.
 * @throws whatever the objective throws there: one that holds arrays of the backend cannot move
 */
export async function originOfNonFinite<P extends Tree>(again: Again<P>, params: P, backend: Backend): Promise<NonFiniteReport | null> {
  if (backend.readSync) return explainNonFinite((at: P) => again(at, backend), params);
  const readable = cpu(backend.precision);
  const moved = await Promise.all(leaves(params).map(async (leaf) => ndarray(readable, await leaf.read(), leaf.shape)));
  return explainNonFinite((at: P) => again(at, readable), rebuild(params, moved));
}
