import { reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { Parameterization } from "../parameterization.js";
import type { BlockForm } from "../structure/block-form.js";
import { type FormedMap, kroneckerForm } from "../structure/kronecker-form.js";
import { kronTags } from "../structure/tag-algebra.js";
import { alongFactor } from "./along-factor.js";

/**
 * K₁(θ₁) ⊗ K₂(θ₂) ⊗ … , linear in each θᵢ but not in all together. Inputs have the axes of the first factor, then those of the second, and so on:
 * row-major, (A ⊗ B) vec(Y) = vec(A Y Bᵀ), as `kronecker`. Parameters are the array [θ₁, θ₂, …]. Where each factor has a block form the product has
 * one, with the products of the blocks: its eigenvalues are the products of the factors'.
 * @throws ShapeError if there are no factors
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix, kroneckerProduct } from "@paramat/layers";
 * const K = kroneckerProduct([diagonalMatrix(2), diagonalMatrix(2)]);
 * const thetas = [ndarray(cpu(), [2, 3]), ndarray(cpu(), [5, 7])];
 * K.apply(thetas, ndarray(cpu(), [[[1, 1], [1, 1]]])).toNested(); // → [[[10, 14], [15, 21]]]
 */
export function kroneckerProduct(factors: readonly Parameterization[]): ParametricOperator<readonly Value[]> {
  if (factors.length === 0) throw new ShapeError("kroneckerProduct: there are no factors; give at least one");
  const name = factors.map((K) => K.name).join(" ⊗ ");
  const inShape = factors.flatMap((K) => [...K.inShape]);
  const outShape = factors.flatMap((K) => [...K.outShape]);
  const sizes = { in: factors.map((K) => sizeOf(K.inShape)), out: factors.map((K) => sizeOf(K.outShape)) };
  const requireThetas = (op: string, thetas: readonly Value[]) => {
    if (thetas.length !== factors.length)
      throw new ShapeError(`kroneckerProduct.${op}: ${thetas.length} arrays of parameters for ${factors.length} factors; each takes one`);
  };
  const requireExamples = (op: string, x: Value, shape: Shape) => {
    if (x.shape.length !== shape.length + 1 || sizeOf(x.shape.slice(1)) !== sizeOf(shape))
      throw new ShapeError(
        `kroneckerProduct.${op}: the argument is ${showShape(x.shape)}; it must be [${["examples", ...shape].join(", ")}]`,
      );
  };
  // Factors go one after the other: those before have their results' sizes already, those after still their arguments'.
  const walk = (f: (K: Parameterization, i: number, x: Value) => Value, start: Value, from: "in" | "out", to: "in" | "out") =>
    factors.reduce((x, K, i) => {
      const shapes = { in: K.inShape, out: K.outShape };
      const place = { before: sizeOf(sizes[to].slice(0, i)), shape: shapes[from], after: sizeOf(sizes[from].slice(i + 1)) };
      return alongFactor((e) => f(K, i, e), x, place, shapes[to]);
    }, start);
  return {
    name,
    inShape,
    outShape,
    tags: factors.map((K) => K.tags ?? []).reduce((a, b) => kronTags(a, b)),
    numParams: factors.reduce((total, K) => total + K.numParams, 0),
    apply(thetas, y) {
      requireThetas("apply", thetas);
      requireExamples("apply", y, inShape);
      return reshape(
        walk((K, i, x) => K.apply(thetas[i] as Value, x), y, "in", "out"),
        [y.shape[0] as number, ...outShape],
      );
    },
    applyTranspose(thetas, z) {
      requireThetas("applyTranspose", thetas);
      requireExamples("applyTranspose", z, outShape);
      return reshape(
        walk((K, i, x) => K.applyTranspose(thetas[i] as Value, x), z, "out", "in"),
        [z.shape[0] as number, ...inShape],
      );
    },
    init: (rng, backend) => factors.map((K) => K.init(rng, backend)),
    ...formOf(factors),
  };
}

/** The product of the factors' block forms, if each has one: the last two first. */
function formOf(factors: readonly Parameterization[]): { readonly blockForm?: BlockForm<readonly Value[]> } {
  const formed = factors.flatMap((K, i): FormedMap<readonly Value[]>[] => {
    const { blockForm, inShape, outShape } = K;
    return blockForm ? [{ inShape, outShape, form: { ...blockForm, blocks: (thetas) => blockForm.blocks(thetas[i] as Value) } }] : [];
  });
  if (formed.length < factors.length) return {};
  return { blockForm: formed.reduceRight((rest, first) => kroneckerForm(first, rest)).form };
}
