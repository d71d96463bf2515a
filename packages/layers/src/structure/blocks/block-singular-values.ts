import {
  apply,
  complexFromReal,
  complexMul,
  diagonal,
  ndarray,
  norm,
  type Primitive,
  realPart,
  reshape,
  type Shape,
  type Value,
} from "@paramat/core";
import { bidiagonalSingularValues } from "../numeric/bidiagonal-singular-values.js";
import { readMatrices } from "../numeric/complex-matrix.js";
import { jacobiSvd, type Svd } from "../numeric/jacobi-svd.js";
import { adjoint } from "./adjoint.js";
import { coinciding } from "./coinciding.js";
import { complexMatmul } from "./complex-matmul.js";
import { singularVectors } from "./singular-vectors.js";

/** Singular values of all blocks, with what a derivative must know of them. */
export interface BlockSingularValues {
  /** [F, k], k = min(m, n), descending within each block. Its derivative is right wherever there is one; `refuseKinks` watches over the rest. */
  readonly values: Value;
  /** Positions in [F·k] that coincide within a block. */
  readonly groups: readonly (readonly number[])[];
  /** Positions in [F·k] of values that are 0 to rounding. */
  readonly zeros: readonly number[];
}

/**
 * σ of every block. dσᵢ = Re uᵢᴴ dA vᵢ; second derivatives (through those of u and v) exist where the block's values are distinct and not 0.
 * @param blocks [2, F, m, n]
 */
export function blockSingularValues(blocks: Value): BlockSingularValues {
  const [, count, rows, cols] = blocks.shape as readonly [number, number, number, number];
  if (rows < cols) return blockSingularValues(adjoint(blocks));
  const { epsilon } = blocks.backend;
  if (cols === 1) {
    const values = reshape(norm(blocks, { axes: [0, 2] }), [count, 1]);
    return { values, groups: [], zeros: zerosOf(values.toArray(), rows * epsilon) };
  }
  const decompositions = decompose(blocks);
  const values = apply(singularValuesOp, [blocks], decompositions);
  const numbers = values.toArray();
  const tolerance = rows * epsilon;
  const groups = decompositions.sigmas.flatMap((sigma, f) =>
    coinciding(sigma, null, tolerance * (sigma[0] as number)).map((group) => group.map((i) => f * cols + i)),
  );
  return { values, groups, zeros: zerosOf(numbers, tolerance) };
}

/** Singular values of each block now; vectors when a derivative asks for them. */
interface Decompositions {
  readonly sigmas: readonly Float64Array[];
  svds(): readonly Svd[];
}

/** From this many columns on, values without vectors are found by bidiagonalization; below it Jacobi's higher accuracy costs next to nothing. */
const MANY_COLUMNS = 48;

function decompose(blocks: Value): Decompositions {
  const matrices = readMatrices(blocks);
  let found: readonly Svd[] | undefined;
  const svds = () => {
    found ??= matrices.map(jacobiSvd);
    return found;
  };
  const valuesAlone = (blocks.shape[3] as number) >= MANY_COLUMNS && matrices.every((a) => a.isReal);
  return { sigmas: valuesAlone ? matrices.map(bidiagonalSingularValues) : svds().map(({ sigma }) => sigma), svds };
}

function zerosOf(values: ArrayLike<number>, tolerance: number): number[] {
  const list = Array.from(values);
  const largest = list.reduce((m, x) => (x <= m ? m : x), 0);
  return list.flatMap((x, i) => (x <= tolerance * largest ? [i] : []));
}

const singularValuesOp: Primitive<Decompositions> = {
  name: "blockSingularValues",
  shape: ([blocks]) => [(blocks as Shape)[1] as number, (blocks as Shape)[3] as number],
  forward: (backend, [blocks], { sigmas }) => {
    const k = (blocks as Value).shape[3] as number;
    const numbers = new Float64Array(sigmas.length * k);
    sigmas.forEach((sigma, f) => numbers.set(sigma, f * k));
    return ndarray(backend, numbers).array.buffer;
  },
  // dσ = Re diag(Uᴴ dA V)
  jvp([blocks], [da], _sigma, decompositions) {
    if (!da) return null;
    const { u, v } = vectorsOf(blocks as Value, decompositions);
    return realPart(diagonal(complexMatmul(complexMatmul(u, da, { adjointA: true }), v)));
  },
  // ⟨ct, Re diag(Uᴴ dA V)⟩ = ⟨U diag(ct) Vᴴ, dA⟩
  vjp([blocks], ct, _sigma, decompositions) {
    const { u, v } = vectorsOf(blocks as Value, decompositions);
    const weights = reshape(complexFromReal(ct), [2, ct.shape[0] as number, 1, ct.shape[1] as number]);
    return [complexMatmul(complexMul(u, weights), v, { adjointB: true })];
  },
};

function vectorsOf(blocks: Value, decompositions: Decompositions) {
  return singularVectors(blocks, decompositions.svds(), (a) => apply(singularValuesOp, [a], decompositions));
}
