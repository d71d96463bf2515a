import { matmul, ndarray, reshape, type Shape, ShapeError, sameShape, showShape, sizeOf, type Value } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { checkedContractions, checkedForm } from "../plugin/checked-contractions.js";
import type { Declared } from "../plugin/declared.js";
import { scaledInit } from "../plugin/scaled-init.js";
import type { Tag } from "../tag.js";
import type { LinearOperator } from "./linear-operator.js";

export interface TiedOptions extends Omit<Declared, "blockForm"> {
  /** For errors and summaries. Default "tied …" and K's. */
  readonly name?: string;
}

/**
 * K(Sη): the parameters of K tied by a fixed linear map, θ = Sη, so that p entries depend on q parameters. Q becomes QS: the contractions are
 * K(Sη)y, K(Sη)ᵀz and SᵀQᵀvec(zyᵀ). What K knows of itself for every θ (tags, block form, fixed part) still holds.
 * @param S p × q numbers, row by row, with η a vector; or a linear operator from η to θ (examples along axis 0), whose `inShape` is η's shape
 * @param options tags that hold for every η, η's constraint and its start; K's own constraint is about θ and is not carried over
 * @throws ShapeError if S does not lead to K's θ
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix, tied, toDense } from "@paramat/layers";
 * const K = tied(diagonalMatrix(3), [[1, 0], [0, 1], [1, 1]]);
 * toDense(K, ndarray(cpu(), [2, 5])).toNested(); // → [[2, 0, 0], [0, 5, 0], [0, 0, 7]]
 */
export function tied(K: Parameterization, S: LinearOperator | readonly (readonly number[])[], options: TiedOptions = {}): Parameterization {
  const { name = `tied ${K.name}`, tags = [], constraint, init } = options;
  const tie = isMatrix(S) ? matrixTie(name, S, K.thetaShape) : S;
  if (!sameShape(tie.outShape, K.thetaShape)) {
    throw new ShapeError(
      `${name}: S leads from ${showShape(tie.inShape)} to ${showShape(tie.outShape)}; it must lead to θ of ${K.name}, ${showShape(K.thetaShape)}`,
    );
  }
  const thetaOf = (eta: Value) => reshape(tie.apply(reshape(eta, [1, ...tie.inShape])), K.thetaShape);
  const etaOf = (theta: Value) => reshape(tie.applyTranspose(reshape(theta, [1, ...K.thetaShape])), tie.inShape);
  const contractions = checkedContractions({
    name,
    thetaShape: tie.inShape,
    inShape: K.inShape,
    outShape: K.outShape,
    apply: (eta, y) => K.apply(thetaOf(eta), y),
    applyTranspose: (eta, z) => K.applyTranspose(thetaOf(eta), z),
    jacobianTranspose: (y, z) => etaOf(K.jacobianTranspose(y, z)),
  });
  const all = new Set<Tag>([...tags, ...(K.constraint ? [] : (K.tags ?? []))]);
  const { blockForm, fixedPart, inShape, outShape } = K;
  const shapes = { thetaShape: tie.inShape, inShape, outShape };
  return {
    name,
    ...shapes,
    numParams: sizeOf(tie.inShape),
    ...contractions,
    init: init ?? ((rng, backend) => scaledInit({ ...shapes, apply: contractions.apply, ...(constraint && { constraint }) }, rng, backend)),
    ...(all.size > 0 && { tags: [...all] }),
    ...(constraint && { constraint }),
    ...(fixedPart && { fixedPart }),
    ...(blockForm && {
      blockForm: checkedForm({ name, ...shapes }, { ...blockForm, blocks: (eta: Value) => blockForm.blocks(thetaOf(eta)) }),
    }),
  };
}

function isMatrix(S: LinearOperator | readonly (readonly number[])[]): S is readonly (readonly number[])[] {
  return Array.isArray(S);
}

function matrixTie(name: string, S: readonly (readonly number[])[], thetaShape: Shape): LinearOperator {
  const p = sizeOf(thetaShape);
  const q = S[0]?.length ?? 0;
  const ragged = S.findIndex((row) => row.length !== q);
  if (ragged >= 0)
    throw new ShapeError(`${name}: row ${ragged} of S has ${S[ragged]?.length} numbers, row 0 has ${q}; all must have as many`);
  if (S.length !== p || q === 0) {
    throw new ShapeError(`${name}: S is ${S.length} × ${q}; it must have one row for each of the ${p} entries of θ, and a column or more`);
  }
  const flat = Float64Array.from(S.flat());
  const matrix = (x: Value) => ndarray(x.backend, flat, [p, q]);
  return {
    name: "S",
    inShape: [q],
    outShape: thetaShape,
    apply: (eta) => reshape(matmul(eta, matrix(eta), { transposeB: true }), [eta.shape[0] as number, ...thetaShape]),
    applyTranspose: (theta) => matmul(reshape(theta, [theta.shape[0] as number, p]), matrix(theta)),
  };
}
