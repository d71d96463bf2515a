import {
  complexMul,
  mul,
  ndarray,
  normalArray,
  realPart,
  reshape,
  rng,
  ShapeError,
  sameShape,
  showShape,
  sub,
  sum,
  type Tree,
  type Value,
} from "@paramat/core";
import type { BlockForm, LinearOperator, ParametricOperator } from "@paramat/layers";
import type { Regularizer } from "../regularizer.js";
import { requireFinite } from "../require-finite.js";
import { type FilteredProblem, inverseFilter, requireLambda } from "./filtered-problem.js";

/** What is to be small: ‖L x‖, or R(x) = ½‖L x‖² as a quadratic regularizer with λ = 1 on x as one leaf of A's input shape. Default ‖x‖. */
export type TransformProblemOptions = { readonly L?: LinearOperator } | { readonly penalty: Regularizer };

/**
 * min ½‖K x − b‖² + ½λ‖L x‖² where one fast transform diagonalizes K(θ) and LᵀL, so that images of any size go without a matrix: periodic convolutions (FFT),
 * symmetric stencils with symmetric boundary (DCT), diagonal and transform-diagonal matrices. |K̂| are the σᵢ; the eigenvalues of LᵀL in K's transform,
 * the μᵢ², are found by applying it once, and tried on a random x. Hansen, Nagy & O'Leary, Deblurring Images (SIAM 2006), chapter 4.
 * @param K with a block form of blocks with one column: one channel in, and one out, or several, which are several views of the same x
 * @param b of K's output shape, or several, [examples, …that], which share λ
 * @throws ShapeError if K has no such form, shapes do not go together, or LᵀL is not diagonal in K's transform; DataError where b has NaN or ∞;
 * BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { convolution } from "@paramat/layers";
 * import { differencePenalty, transformProblem } from "@paramat/regularizers";
 * const backend = cpu("float64");
 * const K = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });
 * const theta = ndarray(backend, [0.25, 0.5, 0.25], [3, 1, 1]);
 * const b = ndarray(backend, [1, 2, 2, 1], [4, 1]);
 * const penalty = differencePenalty(1, 1, { h: 1, boundary: "periodic" });
 * transformProblem(K, theta, b, { penalty }).solution(0.01).shape; // → [4, 1]
 */
export function transformProblem<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  theta: Theta,
  b: Value,
  options: TransformProblemOptions = {},
): FilteredProblem {
  const op = "transformProblem";
  const form = K.blockForm;
  if (form?.numIn !== 1) {
    const has = form ? `blocks of ${form.numOut} × ${form.numIn}` : "no block form";
    throw new ShapeError(
      `${op}: ${K.name} has ${has}; a fast transform must make it diagonal, with one channel in: a periodic convolution, or a doublySymmetricConvolution with symmetric boundary; else use matrixProblem`,
    );
  }
  const isOne = sameShape(b.shape, K.outShape);
  if (!isOne && !sameShape(b.shape.slice(1), K.outShape)) {
    throw new ShapeError(
      `${op}: b is ${showShape(b.shape)}, and K gives ${showShape(K.outShape)}; b must have that shape, or [examples, …that]`,
    );
  }
  requireFinite(op, "b", b);
  const numRightSides = isOne ? 1 : (b.shape[0] as number);
  const { numBlocks: F, numOut } = form;
  const data = form.analyzeOut(reshape(b, [numRightSides, ...K.outShape]));
  const blocks = reshape(form.blocks(theta), [2, 1, F, numOut]);
  const sigma = magnitudes(blocks, F);
  const mu = penaltyModes(op, form, K, b, options);
  // u = K̂/σ: in these directions b̂ fits K, and what is beside them no x reaches.
  const inverses = sigma.map((s) => (s === 0 ? 0 : 1 / s));
  const directions = mul(blocks, ndarray(b.backend, inverses, [1, 1, F, 1]));
  const turned = sum(complexMul(conjugate(directions), data), { axes: [3], keepAxes: true });
  const beside = sub(data, complexMul(directions, turned));
  return {
    name: `${op} of ${K.name}`,
    sigma,
    mu,
    energies: magnitudes(turned, F).map((s) => s * s),
    outOfReach: magnitudes(beside, F).reduce((total, s) => total + s * s, 0),
    numData: F * numOut,
    numRightSides,
    epsilon: b.backend.epsilon,
    solution(lambda) {
      requireLambda(`${op}.solution`, lambda);
      const filter = sigma.map((s, i) => inverseFilter(s, mu[i]!, lambda));
      const x = form.synthesize(mul(turned, ndarray(b.backend, filter, [1, 1, F, 1])));
      return isOne ? reshape(x, K.inShape) : x;
    },
  };
}

/** √(Σ |·|²) over planes, examples and rows, for each of the F blocks; the coefficients are [2, examples, F, rows]. */
function magnitudes(coefficients: Value, F: number): Float64Array {
  const numbers = coefficients.toArray();
  const rows = coefficients.shape[3] as number;
  const squares = new Float64Array(F);
  for (let at = 0; at < numbers.length; at++) squares[Math.floor(at / rows) % F]! += numbers[at]! ** 2;
  return squares.map(Math.sqrt);
}

function conjugate(x: Value): Value {
  return mul(x, ndarray(x.backend, [1, -1], [2, ...x.shape.slice(1).map(() => 1)]));
}

/** The μᵢ: LᵀL applied to the x whose coefficients are all 1 has its eigenvalues for coefficients. */
function penaltyModes<Theta extends Tree>(
  op: string,
  form: BlockForm<Theta>,
  K: ParametricOperator<Theta>,
  b: Value,
  options: TransformProblemOptions,
): Float64Array {
  const F = form.numBlocks;
  const normal = normalOf(op, K, options);
  if (!normal) return new Float64Array(F).fill(1);
  const ones = ndarray(
    b.backend,
    Float64Array.from({ length: 2 * F }, (_, at) => (at < F ? 1 : 0)),
    [2, 1, F, 1],
  );
  const eigenvalues = realPart(form.analyze(normal(form.synthesize(ones))));
  const x = normalArray(rng(0x51de), b.backend, [1, ...K.inShape]);
  const expected = mul(form.analyze(x), reshape(eigenvalues, [1, 1, F, 1]));
  const off = largest(sub(form.analyze(normal(x)), expected));
  const size = largest(expected);
  if (!(off <= 100 * Math.sqrt(F) * b.backend.epsilon * size)) {
    throw new ShapeError(
      `${op}: LᵀL is not diagonal in the transform of ${K.name}: on a random x it is off by ${off} of ${size}; give L the boundary of K, or use matrixProblem`,
    );
  }
  const values = eigenvalues.toArray();
  // Rounding may leave a tiny number of either sign in place of a 0, whose root would make λ count where it changes nothing.
  const rounding = 4 * b.backend.epsilon * largest(eigenvalues);
  return values.map((value) => (value > rounding ? Math.sqrt(value) : 0));
}

/** x ↦ LᵀL x on [1, …inShape], null for the identity. */
function normalOf<Theta extends Tree>(
  op: string,
  K: ParametricOperator<Theta>,
  options: TransformProblemOptions,
): ((x: Value) => Value) | null {
  if ("penalty" in options) {
    return (x) => {
      const leaf = reshape(x, K.inShape);
      return reshape(options.penalty.hessianApply(leaf, leaf), x.shape);
    };
  }
  const { L } = options;
  if (!L) return null;
  if (!sameShape(L.inShape, K.inShape)) {
    throw new ShapeError(`${op}: L takes ${showShape(L.inShape)}, and K takes ${showShape(K.inShape)}; both must take x`);
  }
  return (x) => L.applyTranspose(L.apply(x));
}

function largest(x: Value): number {
  return x.toArray().reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
