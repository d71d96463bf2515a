import type { Tree, Value } from "@paramat/core";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { zeroOperator } from "../zero-operator.js";
import { at } from "./at.js";
import { type JoinedParameterization, joinParameters } from "./joined-parameters.js";
import { isParameterization, isParametric, outline, type Term } from "./term.js";

export interface Combination {
  readonly terms: readonly Term[];
  /** The combined map from the terms at their parameters. It checks shapes, and says the name, the shapes and the tags of the result. */
  readonly assemble: (maps: readonly LinearOperator[]) => LinearOperator;
  /** What term k sees of ⟨z, K y⟩: ⟨z_k, K_k y_k⟩. Needed only where the result is linear in all parameters together. */
  readonly share: (k: number, y: Value, z: Value) => readonly [y: Value, z: Value];
  /** The initial parameters of term k are its own times `scale(k)`, where it is linear in them; 1 if left out. */
  readonly scale?: (k: number) => number;
}

/** A combination that is linear, or affine, in each term: a parameterization, if each term with parameters is one. θ is as `joinParameters` says. */
export function combineParameterizations({ terms, assemble, share, scale = () => 1 }: Combination): JoinedParameterization {
  const parts = terms.flatMap((term, k) => (isParameterization(term) ? [{ K: term, k }] : []));
  const parameters = joinParameters(
    parts.map(({ K }) => K),
    parts.map(({ k }) => scale(k)),
  );
  const bound = (theta: Value) => assemble(bind(terms, parameters.split(theta)));
  const { name, inShape, outShape, tags } = assemble(terms.map(outline));
  const isAffine = terms.some((term) => !isParametric(term) || (isParameterization(term) && term.fixedPart));
  const fixedPart = () =>
    assemble(
      terms.map((term) =>
        isParameterization(term) ? (term.fixedPart ?? zeroOperator(term.inShape, term.outShape)) : (term as LinearOperator),
      ),
    );
  return {
    name,
    inShape,
    outShape,
    ...(tags && { tags }),
    ...parameters,
    apply: (theta, y) => bound(theta).apply(y),
    applyTranspose: (theta, z) => bound(theta).applyTranspose(z),
    jacobianTranspose: (y, z) => parameters.join(parts.map(({ K, k }) => K.jacobianTranspose(...share(k, y, z)))),
    ...(isAffine && { fixedPart: fixedPart() }),
  };
}

/** A combination with the parameters of each term in a list, those of fixed maps left out. */
export function combineOperators({ terms, assemble, scale = () => 1 }: Omit<Combination, "share">): ParametricOperator<readonly Tree[]> {
  const parts = terms.flatMap((term, k) => (isParametric(term) ? [{ K: term, k }] : []));
  const { name, inShape, outShape, tags } = assemble(terms.map(outline));
  const bound = (theta: readonly Tree[]) => assemble(bind(terms, theta));
  return {
    name,
    inShape,
    outShape,
    numParams: parts.reduce((s, { K }) => s + K.numParams, 0),
    ...(tags && { tags }),
    apply: (theta, y) => bound(theta).apply(y),
    applyTranspose: (theta, z) => bound(theta).applyTranspose(z),
    init: (rng, backend) =>
      parts.map(({ K, k }) => (isParameterization(K) ? joinParameters([K], [scale(k)]).init(rng, backend) : K.init(rng, backend))),
  };
}

/** Every term at its parameters. */
function bind(terms: readonly Term[], theta: readonly Tree[]): LinearOperator[] {
  let next = 0;
  return terms.map((term) => (isParametric(term) ? at(term, theta[next++] as Tree) : term));
}
