import { type AdamOptions, type AdamState, adam } from "./adam.js";
import type { Optimizer } from "./optimizer.js";

/**
 * AdamW: `adam` with the decoupled decay θ ← (1 − ηλ)θ, λ = 0.01 unless `weightDecay` says otherwise (Loshchilov & Hutter, 2019, algorithm 2).
 * @throws RangeError if an option is outside its range
 */
export function adamW(options: AdamOptions = {}): Optimizer<AdamState> {
  return { ...adam({ weightDecay: 0.01, ...options }), name: "adamW" };
}
