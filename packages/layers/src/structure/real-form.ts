import { complexFromReal, realPart, reshape, type Shape, type Tree, type Value } from "@paramat/core";
import type { BlockForm } from "./block-form.js";

/** A real orthogonal change of basis around blocks; coefficients are [examples, numBlocks, size]. */
export interface RealBasis {
  /** Entries of each block's coefficients. */
  readonly size: number;
  /** Shape of one example before the change. */
  readonly shape: Shape;
  /** V y: [examples, ...shape] to anything that holds [examples, numBlocks, size] row-major; the identity if left out. */
  readonly forward?: (y: Value) => Value;
  /** Vᵀ ŷ: from the shape that `forward` gives. */
  readonly backward?: (y: Value) => Value;
  /** The shape, examples aside, that `forward` gives. */
  readonly coefficientShape?: Shape;
}

/**
 * K(θ) = Uᵀ diag(B₁(θ), …, B_F(θ)) V with real blocks and real orthogonal U, V: what `identityForm` and `orthogonalForm` have in common.
 * @param blocksOf θ to an array of F·numOut·numIn entries, [F, numOut, numIn] row-major
 */
export function realForm<Theta extends Tree>(
  numBlocks: number,
  input: RealBasis,
  output: RealBasis,
  sameBasis: boolean,
  blocksOf: (theta: Theta) => Value,
): BlockForm<Theta> {
  const analyze = (basis: RealBasis) => (y: Value) => {
    const coefficients = basis.forward ? basis.forward(y) : y;
    return complexFromReal(reshape(coefficients, [y.shape[0] as number, numBlocks, basis.size]));
  };
  const synthesize = (basis: RealBasis) => (y: Value) => {
    const coefficients = reshape(realPart(y), [y.shape[1] as number, ...(basis.coefficientShape ?? basis.shape)]);
    return basis.backward ? basis.backward(coefficients) : coefficients;
  };
  return {
    numBlocks,
    numOut: output.size,
    numIn: input.size,
    sameBasis,
    isReal: true,
    blocks: (theta) => complexFromReal(reshape(blocksOf(theta), [numBlocks, output.size, input.size])),
    analyze: analyze(input),
    synthesize: synthesize(input),
    analyzeOut: analyze(output),
    synthesizeOut: synthesize(output),
  };
}
