import type { Value } from "@paramat/core";

/** The θ for which K(θ) is what its name promises: θ ≥ 0 for an M-matrix. */
export interface Constraint {
  /** In words, for reports: "θ ≥ 0". */
  readonly name: string;
  /** The nearest θ that meets it; for projected methods, after each step. */
  project(theta: Value): Value;
  /** A smooth map of all of Rᵖ onto (the inside of) the set, softplus for θ ≥ 0; for unconstrained methods. */
  fromFree(free: Value): Value;
  /** A preimage of θ under `fromFree`. */
  toFree(theta: Value): Value;
  /** Whether θ meets it. */
  holds(theta: Value): boolean;
}
