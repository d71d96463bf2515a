import type { Backend } from "@paramat/backends";
import { add, mul, NotLinearError, rng, type Shape, ShapeError, showShape, slice, type Value, vjp, zeros } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { randomNormal } from "../parameterizations/random-normal.js";
import type { Declared } from "./declared.js";
import { fromContractions } from "./from-contractions.js";

export interface FunctionDefinition extends Declared {
  readonly name: string;
  readonly thetaShape: Shape;
  /** Of one example; f receives y as [examples, ...inShape]. */
  readonly inShape: Shape;
  /** θ, y ↦ K(θ) y in differentiable ops, linear in θ and in y, each example by itself. */
  readonly f: (theta: Value, y: Value) => Value;
}

/**
 * The parameterization K(θ)y = f(θ, y) from a function in ordinary ops. The two other contractions are its derivatives: K(θ)ᵀ is the transpose of
 * y ↦ f(θ, y), and Qᵀ that of θ ↦ f(θ, y). The shape of the result is found by running f on zeros, and linearity is checked on random numbers, once.
 * @param backend where those runs happen; K itself works on any backend
 * @throws NotLinearError with numbers that show it, if f is not linear in θ, not linear in y, or mixes examples
 * @throws ShapeError if f does not keep the examples along axis 0
 * @remarks Each contraction costs about as much as f; by hand (`fromContractions`) they may cost less.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { mul, ndarray, roll } from "@paramat/core";
 * import { fromFunction } from "@paramat/layers";
 * const K = fromFunction({ name: "scaledShift", thetaShape: [3], inShape: [3], f: (theta, y) => mul(theta, roll(y, 1, 1)) }, cpu());
 * K.applyTranspose(ndarray(cpu(), [1, 2, 3]), ndarray(cpu(), [[1, 1, 1]])).toNested(); // → [[2, 3, 1]]
 */
export function fromFunction(definition: FunctionDefinition, backend: Backend): Parameterization {
  const { f, ...rest } = definition;
  const { name, thetaShape, inShape } = rest;
  const found = f(zeros(backend, thetaShape), zeros(backend, [3, ...inShape])).shape;
  if (found[0] !== 3) {
    throw new ShapeError(
      `${name}: f makes ${showShape(found)} of 3 examples ${showShape([3, ...inShape])}; axis 0 of the result must hold the 3 examples`,
    );
  }
  requireBilinear(definition, backend);
  return fromContractions({
    ...rest,
    outShape: found.slice(1),
    apply: f,
    // f is linear in y, so its transpose is the same at every y.
    applyTranspose: (theta, z) => vjp((y: Value) => f(theta, y), zeros(z.backend, [z.shape[0] as number, ...inShape])).pullback(z),
    jacobianTranspose: (y, z) => vjp((theta: Value) => f(theta, y), zeros(y.backend, thetaShape)).pullback(z),
  });
}

function requireBilinear({ name, f, thetaShape, inShape }: FunctionDefinition, backend: Backend): void {
  const stream = rng(1);
  const draw = (shape: Shape) => randomNormal(stream, backend, shape, 1);
  const [theta, otherTheta] = [draw(thetaShape), draw(thetaShape)];
  const [y, otherY] = [draw([3, ...inShape]), draw([3, ...inShape])];
  const remedy = "K(θ)y must be linear in θ and in y, each example by itself; put what is not (a bias, an activation) outside of K";
  requireEqual(
    `${name}: f is not linear in θ: f(1.5·a + b, y) and 1.5·f(a, y) + f(b, y)`,
    f(add(mul(theta, 1.5), otherTheta), y),
    add(mul(f(theta, y), 1.5), f(otherTheta, y)),
    remedy,
  );
  requireEqual(
    `${name}: f is not linear in y: f(θ, 1.5·a + b) and 1.5·f(θ, a) + f(θ, b)`,
    f(theta, add(mul(y, 1.5), otherY)),
    add(mul(f(theta, y), 1.5), f(theta, otherY)),
    remedy,
  );
  requireEqual(
    `${name}: f mixes examples: f(θ, y) of example 1 alone and among three`,
    f(theta, slice(y, 0, 1, 2)),
    slice(f(theta, y), 0, 1, 2),
    remedy,
  );
}

function requireEqual(claim: string, a: Value, b: Value, remedy: string): void {
  if (showShape(a.shape) !== showShape(b.shape))
    throw new NotLinearError(`${claim} have shapes ${showShape(a.shape)} and ${showShape(b.shape)}; ${remedy}`);
  const [left, right] = [Array.from(a.toArray()), Array.from(b.toArray())];
  const scale = left.reduce((s, x, k) => Math.max(s, Math.abs(x), Math.abs(right[k] as number)), 0);
  // Written so that NaN counts as different.
  const k = left.findIndex((x, at) => !(Math.abs(x - (right[at] as number)) <= 1e4 * a.backend.epsilon * scale));
  if (k < 0) return;
  const at = showShape(position(k, a.shape));
  throw new NotLinearError(`${claim} differ, at ${at} by ${left[k]} against ${right[k]} (normal random θ and y); ${remedy}`);
}

function position(k: number, shape: Shape): number[] {
  return shape.reduceRight<{ rest: number; at: number[] }>(({ rest, at }, n) => ({ rest: Math.floor(rest / n), at: [rest % n, ...at] }), {
    rest: k,
    at: [],
  }).at;
}
