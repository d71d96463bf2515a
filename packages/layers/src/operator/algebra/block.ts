import { ShapeError, type Tree, type Value } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { blockOperator, joinedShape } from "./block-operator.js";
import { type Combination, combineOperators, combineParameterizations } from "./combine.js";
import type { JoinedParameterization } from "./joined-parameters.js";
import { isParameterization, isParametric, outline, type Term } from "./term.js";

interface Place {
  readonly term: Term;
  readonly i: number;
  readonly j: number;
}

/** Rows of blocks; null is a zero block. */
export type BlockRows<T> = readonly (readonly (T | null)[])[];

/**
 * The block matrix [K₁₁ K₁₂ …; K₂₁ K₂₂ …; …] on channels (lecture, "The Width of a CNN"): inputs are joined along their last axis, so are results, and
 * z_i = Σ_j K_ij y_j. null is a zero block; fixed maps may stand among the blocks.
 * @param rows of as many blocks each; those of one row give the same shape, those of one column take the same shape
 * @returns a parameterization where all blocks with parameters are; θ is theirs one after the other, row by row (`split` takes it apart). Otherwise the
 * parameters are a list in that order
 * @throws ShapeError if the rows are ragged, the shapes do not fit, or a row or a column holds null only (`zeroOperator` says its shape)
 * @remarks Blocks start smaller by 1/√(blocks with parameters in their row), so that results have the variance that one block would give.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { block, diagonalMatrix, toDense } from "@paramat/layers";
 * const [A, B, C] = [diagonalMatrix(2), diagonalMatrix(2), diagonalMatrix(2)];
 * const K = block([[A, B], [null, C]]);
 * toDense(K, ndarray(cpu(), [1, 2, 3, 4, 5, 6])).toNested(); // → [[1, 0, 3, 0], [0, 2, 0, 4], [0, 0, 5, 0], [0, 0, 0, 6]]
 */
export function block(rows: BlockRows<LinearOperator>): LinearOperator;
export function block(rows: BlockRows<Parameterization | LinearOperator>): JoinedParameterization;
export function block(rows: BlockRows<Term>): ParametricOperator<readonly Tree[]>;
export function block(rows: BlockRows<Term>): Term {
  const places: readonly Place[] = rows.flatMap((row, i) => row.flatMap((term, j) => (term ? [{ term, i, j }] : [])));
  const terms = places.map(({ term }) => term);
  const assemble = (maps: readonly LinearOperator[]) => {
    let next = 0;
    return blockOperator(rows.map((row) => row.map((term) => (term ? (maps[next++] as LinearOperator) : null))));
  };
  const parametric = terms.filter(isParametric);
  if (parametric.length === 0) return assemble(terms as readonly LinearOperator[]);
  // Before shapes are taken from the blocks, they are checked.
  assemble(terms.map(outline));
  const inputs = joinedShape(
    "columns",
    (rows[0] ?? []).map((_, j) => (places.find((place) => place.j === j) as Place).term.inShape),
  );
  const outputs = joinedShape(
    "rows",
    rows.map((_, i) => (places.find((place) => place.i === i) as Place).term.outShape),
  );
  const inRow = rows.map((row) => row.filter((term) => term && isParametric(term)).length);
  const combination: Combination = {
    terms,
    assemble,
    share(k, y, z) {
      const { i, j } = places[k] as Place;
      return [inputs.split(y)[j] as Value, outputs.split(z)[i] as Value];
    },
    scale: (k) => 1 / Math.sqrt(inRow[(places[k] as Place).i] as number),
  };
  return parametric.every(isParameterization) ? combineParameterizations(combination) : combineOperators(combination);
}

/**
 * The block matrix with K₁, K₂, … on the diagonal and zeros elsewhere: each acts on its own channels. Parameters and errors as `block`.
 * @throws ShapeError if there is none
 */
export function blockDiagonal(blocks: readonly LinearOperator[]): LinearOperator;
export function blockDiagonal(blocks: readonly (Parameterization | LinearOperator)[]): JoinedParameterization;
export function blockDiagonal(blocks: readonly Term[]): ParametricOperator<readonly Tree[]>;
export function blockDiagonal(blocks: readonly Term[]): Term {
  if (blocks.length === 0) throw new ShapeError("blockDiagonal: no blocks were given; at least one is needed");
  const rows: BlockRows<Term> = blocks.map((K, i) => blocks.map((_, j) => (i === j ? K : null)));
  return block(rows);
}
