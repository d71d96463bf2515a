import type { Backend } from "@paramat/backends";
import { compile, grad, hvp, leaves, linearize, mapLeaves, rebuild, type Tree, type Value, valueAndGrad, zipLeaves } from "@paramat/core";
import { keepInScope } from "../training/training-state.js";
import type { Evaluations } from "./outcome.js";
import { norm } from "./tree-vector.js";

/**
 * What is minimized: a scalar function in ops, whose derivatives follow; or a function that comes with its own gradient, found as it likes (`varPro`).
 */
export type Objective<P extends Tree> = ((params: P) => Value) | ReducedObjective<P>;

export interface ReducedObjective<P extends Tree> {
  valueAndGradient(params: P): Promise<{ readonly value: number; readonly gradient: P }>;
}

/** θ with what is known there. */
export interface Point<P extends Tree> {
  readonly params: P;
  readonly value: number;
  readonly gradient: P;
  readonly gradientNorm: number;
}

/** f as methods see it: counted, compiled, with numbers read. */
export interface Problem<P extends Tree> {
  readonly epsilon: number;
  /** By how much a value may differ through rounding alone. */
  noise(value: number): number;
  readonly evaluations: () => Evaluations;
  pointAt(params: P): Promise<Point<P>>;
  valueAt(params: P): Promise<number>;
  /** v ↦ ∇²f(θ) v. @throws TypeError where f is given by its gradient alone */
  curvatureAt(params: P): (v: P) => P;
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
  const { backend } = first;
  const { epsilon } = backend;
  const counts = { value: 0, gradient: 0, hessianVector: 0 };
  const { value, both, curvatureAt } = typeof f === "function" ? derivatives(backend, f, options) : reduced(method, f);
  return {
    epsilon,
    noise: (v) => 10 * epsilon * Math.abs(v),
    evaluations: () => ({ ...counts }),
    async pointAt(at) {
      counts.value++;
      counts.gradient++;
      const plain = mapLeaves(at, (leaf) => leaf.array);
      const found = await both(plain);
      return { params: plain, ...found, gradientNorm: await norm(found.gradient) };
    },
    valueAt(at) {
      counts.value++;
      return value(at);
    },
    curvatureAt(at) {
      const product = curvatureAt(at);
      return (v) => {
        counts.hessianVector++;
        return keepInScope(
          backend,
          () => product(v),
          (found) => found,
        );
      };
    },
  };
}

interface Parts<P extends Tree> {
  readonly value: (at: P) => Promise<number>;
  readonly both: (at: P) => Promise<{ readonly value: number; readonly gradient: P }>;
  readonly curvatureAt: Curvature<P>;
}

function derivatives<P extends Tree>(
  backend: Backend,
  f: (params: P) => Value,
  { compile: isCompiled = true, curvature }: { readonly compile?: boolean; readonly curvature?: Curvature<P> },
): Parts<P> {
  const only = (body: () => Value) => keepInScope(backend, body, (found) => found);
  const read = async (x: Value) => (await x.read())[0] as number;
  const value = isCompiled ? compile(f) : f;
  const both = isCompiled ? compile(valueAndGrad(f)) : valueAndGrad(f);
  // A program runs f again for every product; without one, f runs once and each product is a sweep.
  const product = compile((at: P, v: P): P => (curvature ? curvature(at)(v) : hvp(f, at, v)));
  const eager = curvature ?? ((at: P) => linearize(grad(f), at).apply);
  return {
    value: (at) => read(only(() => value(at))),
    both: async (at) => {
      const found = keepInScope(
        backend,
        () => both(at),
        ({ value, gradient }) => [value, gradient],
      );
      return { value: await read(found.value), gradient: found.gradient };
    },
    curvatureAt: isCompiled ? (at) => (v) => product(at, v) : eager,
  };
}

function reduced<P extends Tree>(method: string, f: ReducedObjective<P>): Parts<P> {
  return {
    value: async (at) => (await f.valueAndGradient(at)).value,
    both: async (at) => {
      const { value, gradient } = await f.valueAndGradient(at);
      return { value, gradient: aligned(method, at, gradient) };
    },
    curvatureAt() {
      throw new TypeError(`${method}: the objective comes with a gradient and no Hessian; give a function in ops, or use lbfgs`);
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
