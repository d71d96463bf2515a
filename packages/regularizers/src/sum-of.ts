import { add, rebuild, type Tree, type Value, zipLeaves } from "@paramat/core";
import { addHessians, type DiagonalHessian } from "./diagonal-hessian.js";
import { type Penalty, type Regularizer, regularizer } from "./regularizer.js";
import { solveDiagonal } from "./solve-diagonal.js";
import { isRegularizer } from "./weighted.js";

/**
 * R₁(W) + R₂(W) + …. Value, gradient and Hessian add. Where every term's Hessian is diagonal under a fast transform, so is the sum's, as long as those of
 * one leaf go by the same transform (Tikhonov's identity goes with any): then there is `solveShifted`, and `prox` by it. Otherwise there is neither,
 * since the proximal map of a sum is no composition of its terms' (`elasticNet` is one that has a closed form).
 * @param penalties regularizers, or plain functions in ops, of which nothing is claimed
 * @throws TypeError if there is none; ShapeError (from `solveShifted` and `prox`) where two terms go by different transforms on one leaf
 */
export function sumOf(...penalties: readonly (Penalty | Regularizer)[]): Regularizer {
  if (penalties.length === 0) throw new TypeError("sumOf: there is no regularizer to add; give at least one");
  const terms = penalties.map((penalty) => (isRegularizer(penalty) ? penalty : claimless(penalty)));
  const [only] = terms as [Regularizer];
  if (terms.length === 1) return only;
  const name = terms.map((term) => term.name).join(" + ");
  const total = <W extends Tree>(trees: readonly W[]): W => trees.reduce((a, b) => addTrees(name, a, b));
  const forms = terms.flatMap(({ diagonalHessian }) => (diagonalHessian ? [diagonalHessian] : []));
  const diagonalHessian = (path: string, leaf: Value): DiagonalHessian | null => {
    const found = forms.flatMap((form) => form(path, leaf) ?? []);
    return found.length === 0 ? null : found.reduce((a, b) => addHessians(name, path, a, b));
  };
  const all = (claim: "isConvex" | "isSmooth") => terms.every((term) => term[claim]);
  return regularizer({
    name,
    isConvex: all("isConvex"),
    isSmooth: all("isSmooth"),
    readsValues: terms.some(({ readsValues }) => readsValues),
    value: (params) => terms.map((term) => term(params)).reduce((a, b) => add(a, b)),
    gradient: (params) => total(terms.map((term) => term.gradient(params))),
    hessianApply: (params, v) => total(terms.map((term) => term.hessianApply(params, v))),
    ...(forms.length === terms.length && solveDiagonal(name, diagonalHessian)),
  });
}

function claimless(value: Penalty): Regularizer {
  return regularizer({ name: value.name || "penalty", value, isConvex: false, isSmooth: false });
}

function addTrees<W extends Tree>(op: string, a: W, b: W): W {
  return rebuild(
    a,
    zipLeaves(op, a, b).map(([x, y]) => add(x, y)),
  );
}
