import { grad, hvp, leaves, linearize, mapLeaves, rebuild, type Tree, type Value, valueAndGrad, zipLeaves } from "@paramat/core";
import { compiledIf } from "../compiled-if.js";
import type { Evaluations } from "./outcome.js";
import { retain, type Vectors, vectorsLike } from "./vectors.js";

/**
 * What is minimized: a scalar function in ops, whose derivatives follow; or a function that comes with its own gradient, found as it likes (`varPro`).
 */
export type Objective<P extends Tree> = ((params: P) => Value) | ReducedObjective<P>;

/** f with its own gradient. Arrays that it makes by `vectors.make` the method frees when it needs them no more; others it leaves alone. */
export interface ReducedObjective<P extends Tree> {
  valueAndGradient(params: P, vectors?: Vectors): Promise<Answer<P>>;
  /** v ↦ ∇²f(θ)v. Methods that ask for products with the Hessian need it. */
  hessianAt?(params: P, vectors?: Vectors): Promise<Product<P>>;
  /** Whether it refers to no parameters any more once it has answered, so that the method may free those of trial points; default false. */
  readonly keepsNothing?: boolean;
}

export interface Answer<P extends Tree> {
  readonly value: number;
  readonly gradient: P;
  /** Why they are not exact, if they are not: an inner problem was not solved, say. A method that ends there has not converged. */
  readonly doubt?: string;
}

/** v ↦ Bv. What is made by `vectors.make` is freed with them. */
export type Product<P extends Tree> = (v: P, vectors: Vectors) => P | Promise<P>;

/** θ with what is known there. */
export interface Point<P extends Tree> {
  readonly params: P;
  readonly value: number;
  readonly gradient: P;
  readonly gradientNorm: number;
  /** Why value and gradient are not exact, if they are not. */
  readonly doubt?: string;
}

/** f as methods see it: counted, compiled, with numbers read. */
export interface Problem<P extends Tree> {
  readonly epsilon: number;
  /** By how much a value may differ through rounding alone. */
  noise(value: number): number;
  readonly evaluations: () => Evaluations;
  pointAt(params: P): Promise<Point<P>>;
  valueAt(params: P): Promise<number>;
  /** Arithmetic whose results live until the end of the iteration, unless the method names them. */
  readonly vectors: Vectors;
  /** v ↦ ∇²f(θ) v. @throws TypeError where f is given by its gradient alone */
  curvatureAt(params: P): Promise<Product<P>>;
  /** How many of the evaluations so far were not exact. */
  doubts(): number;
}

/** Curvature that is not the Hessian: v ↦ B(θ)v in ops. */
export type Curvature<P extends Tree> = (params: P) => (v: P) => P;

/**
 * @param curvature in place of the Hessian
 * @throws TypeError if there are no parameters
 */
export function problemOf<P extends Tree>(
  method: string,
  f: Objective<P>,
  params: P,
  options: { readonly compile?: boolean; readonly curvature?: Curvature<P> },
): Problem<P> {
  const [first] = leaves(params);
  if (!first) throw new TypeError(`${method}: the tree of parameters has no leaves; there must be at least one array to find`);
  const { epsilon } = first.backend;
  const vectors = vectorsLike(params);
  const counts = { value: 0, gradient: 0, hessianVector: 0 };
  let doubts = 0;
  const { value, both, curvatureAt } = typeof f === "function" ? derivatives(method, vectors, f, options) : reduced(method, vectors, f);
  return {
    epsilon,
    vectors,
    noise: (v) => 10 * epsilon * Math.abs(v),
    evaluations: () => ({ ...counts }),
    async pointAt(at) {
      counts.value++;
      counts.gradient++;
      const plain = mapLeaves(at, (leaf) => leaf.array);
      const found = await both(plain);
      if (found.doubt !== undefined) doubts++;
      return { params: plain, ...found, gradientNorm: await vectors.norm(found.gradient) };
    },
    valueAt(at) {
      counts.value++;
      return value(at);
    },
    async curvatureAt(at) {
      const product = await curvatureAt(at);
      return (v, within) => {
        counts.hessianVector++;
        return product(v, within);
      };
    },
    doubts: () => doubts,
  };
}

interface Parts<P extends Tree> {
  readonly value: (at: P) => Promise<number>;
  readonly both: (at: P) => Promise<Answer<P>>;
  readonly curvatureAt: (at: P) => Promise<Product<P>>;
}

function derivatives<P extends Tree>(
  method: string,
  vectors: Vectors,
  f: (params: P) => Value,
  { compile: isCompiled = true, curvature }: { readonly compile?: boolean; readonly curvature?: Curvature<P> },
): Parts<P> {
  const value = compiledIf(isCompiled, method, "f", f);
  const both = compiledIf(isCompiled, method, "f", valueAndGrad(f));
  // A program runs f again for every product; without one, f runs once and each product is a sweep.
  const product = compiledIf(true, method, "f", (at: P, v: P): P => (curvature ? curvature(at)(v) : hvp(f, at, v)));
  const eager = curvature ?? ((at: P) => linearize(grad(f), at).apply);
  return {
    value: (at) => vectors.read(() => value(at)),
    both: async (at) => {
      const [found, gradient] = vectors.make(() => {
        const { value, gradient } = both(at);
        return [value, gradient] as const;
      });
      return { value: (await found.read())[0] as number, gradient };
    },
    curvatureAt: async (at) => {
      const apply = isCompiled ? (v: P) => product(at, v) : vectors.hold(() => eager(at));
      return (v, within) => within.make(() => apply(v));
    },
  };
}

function reduced<P extends Tree>(method: string, vectors: Vectors, f: ReducedObjective<P>): Parts<P> {
  const asked = (at: P) => {
    if (!f.keepsNothing) retain(at);
    return f.valueAndGradient(at, vectors);
  };
  return {
    value: async (at) => (await asked(at)).value,
    both: async (at) => {
      const { gradient, ...answer } = await asked(at);
      return { ...answer, gradient: aligned(method, at, gradient) };
    },
    async curvatureAt(at) {
      if (f.hessianAt) return f.hessianAt(at, vectors);
      throw new TypeError(
        `${method}: the objective comes with a gradient and no Hessian; give a function in ops, or hessianAt, or use lbfgs`,
      );
    },
  };
}

/** A tree that a caller's function made, with its leaves in the order of those of `like`. @throws ShapeError where it has another form */
export function aligned<P extends Tree>(method: string, like: P, made: P): P {
  return rebuild(
    like,
    zipLeaves(method, like, made).map(([, leaf]) => leaf),
  );
}
