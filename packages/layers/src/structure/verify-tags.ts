import type { Backend } from "@paramat/backends";
import { eye, reshape, rng, sizeOf, type Tree } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { Tag } from "../tag.js";
import { drawParameters } from "./draw-parameters.js";
import { findCounterexample } from "./tag-counterexample.js";
import type { PlainMatrix } from "./tag-demands.js";

export interface VerifyTagsOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Random θ tried. Default 3. */
  readonly draws?: number;
}

/** What a law found, in the form of the laws' other results. */
export interface TagLawResult {
  readonly law: string;
  readonly ok: boolean;
  readonly error: number;
  /** For a wrong tag: the tag, θ, the entry and both values. */
  readonly detail: string;
}

/**
 * Whether K(θ) is what its tags claim, at random θ within its constraint, from its matrix written out column by column.
 * @returns the first tag found wrong, with the entry of the matrix that shows it
 */
export function verifyTags<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  backend: Backend,
  options: VerifyTagsOptions = {},
): TagLawResult {
  const { seed = 1, draws = 3 } = options;
  const tags: readonly Tag[] = K.tags ?? [];
  const law = "tags";
  if (tags.length === 0) return { law, ok: true, error: 0, detail: "none claimed" };
  const stream = rng(seed);
  for (let draw = 0; draw < draws; draw++) {
    const { theta, shown } = drawParameters(K, stream, backend);
    const matrix = matrixOf(K, theta, backend);
    for (const tag of tags) {
      const found = findCounterexample(tag, matrix, backend.epsilon);
      if (found) return { law, ok: false, error: found.error, detail: `${tag} is wrong: at θ = ${shown}, ${found.words}` };
    }
  }
  return { law, ok: true, error: 0, detail: tags.join(", ") };
}

/** K(θ), each column the product with a unit vector. */
function matrixOf<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, backend: Backend): PlainMatrix {
  const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
  const columns = K.apply(theta, reshape(eye(backend, n), [n, ...K.inShape])).toArray();
  const entries = Float64Array.from({ length: m * n }, (_, at) => columns[(at % n) * m + Math.floor(at / n)] as number);
  return { rows: m, cols: n, entries, inShape: K.inShape, outShape: K.outShape };
}
