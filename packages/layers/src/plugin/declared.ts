import type { Backend } from "@paramat/backends";
import type { Rng, Value } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";

/** What a parameterization says of itself beyond its entries or contractions. */
export interface Declared extends Pick<Parameterization, "tags" | "constraint" | "blockForm"> {
  /** Initial θ for training; if left out, normal numbers scaled so that K(θ)y has twice the variance of y, projected onto the constraint. */
  readonly init?: (rng: Rng, backend: Backend) => Value;
}
