import {
  apply,
  broadcastTo,
  diagonal,
  log,
  mul,
  ndarray,
  norm,
  type Primitive,
  realPart,
  reshape,
  type Shape,
  sum,
  type Value,
} from "@paramat/core";
import { luLogAbsDet } from "../numeric/lu.js";
import { type FactoredBlocks, factorBlocks, requireSquare, solveFactored } from "./block-solve.js";
import { identityBlock } from "./identity-blocks.js";

/**
 * log|det A| of every block, −∞ for a singular one. Differentiable to every order: d log|det A| = Re tr(A⁻¹ dA).
 * @param blocks [2, F, n, n]
 * @returns [F]
 * @throws ShapeError unless the blocks are square
 */
export function blockLogAbsDet(blocks: Value): Value {
  requireSquare("blockLogAbsDet", blocks.shape);
  const count = blocks.shape[1] as number;
  if (blocks.shape[3] === 1) return reshape(log(norm(blocks, { axes: 0 })), [count]);
  return apply(logAbsDetOp, [blocks], factorBlocks(blocks.array));
}

const logAbsDetOp: Primitive<FactoredBlocks> = {
  name: "blockLogAbsDet",
  shape: ([blocks]) => [(blocks as Shape)[1] as number],
  forward: (backend, _, { factors }) => ndarray(backend, (factors ?? []).map(luLogAbsDet)).array.buffer,
  // Re tr(A⁻¹ dA)
  jvp: ([blocks], [da], _output, factored) =>
    da ? sum(realPart(diagonal(solveFactored({ ...factored, blocks: blocks as Value }, da))), { axes: -1 }) : null,
  // ⟨ct, Re tr(A⁻¹ dA)⟩ = ⟨ct A⁻ᴴ, dA⟩
  vjp([blocks], ct, _output, factored) {
    const { backend, shape } = blocks as Value;
    const identity = broadcastTo(identityBlock(backend, shape[3] as number), shape);
    const inverse = solveFactored({ ...factored, blocks: blocks as Value }, identity, { adjoint: true });
    return [mul(inverse, reshape(ct, [shape[1] as number, 1, 1]))];
  },
};
