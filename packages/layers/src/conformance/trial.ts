import type { Backend } from "@paramat/backends";
import { type Rng, rng, type Shape, sizeOf, sub, type Value } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import type { Numbers } from "./point.js";
import { named, type Point, type ValuesAt, valuesAt } from "./point.js";

/** The matrix K(θ), m rows of n numbers, written out naively. */
export type NaiveMatrix = (theta: number[]) => readonly (readonly number[])[];

export interface TrialOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Examples along axis 0. Default 3. */
  readonly examples?: number;
  /** The oracle, row-major or as rows. */
  readonly matrix?: NaiveMatrix;
  /** A backend in float32, to compare with. */
  readonly float32?: Backend;
}

/** What every law is given: K, and a source of random points. */
export interface Trial {
  readonly K: Parameterization;
  readonly backend: Backend;
  readonly seed: number;
  readonly examples: number;
  readonly matrix?: NaiveMatrix;
  readonly float32?: Backend;
  /** Random normal numbers, of the law's own stream. */
  draw(shape: Shape): Numbers;
}

export function trialOf(K: Parameterization, backend: Backend, options: TrialOptions): Omit<Trial, "draw"> {
  const { seed = 1, examples = 3, ...rest } = options;
  return { K, backend, seed, examples, ...rest };
}

/** A stream for the law of that name, so that its numbers do not depend on which others are tried. */
export function withStream(trial: Omit<Trial, "draw">, name: string): Trial {
  const seed = Array.from(name).reduce((hash, letter) => (31 * hash + (letter.codePointAt(0) as number)) | 0, trial.seed);
  const stream: Rng = rng(seed);
  return { ...trial, draw: (shape) => ({ flat: Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()), shape }) };
}

/** A random θ, y and z. */
export function randomPoint({ K, examples, draw }: Trial): Point<"θ" | "y" | "z"> {
  return { θ: draw(K.thetaShape), y: draw([examples, ...K.inShape]), z: draw([examples, ...K.outShape]) };
}

/** A random θ that meets the constraint, if there is one. */
export function drawMeeting({ K, backend, draw }: Trial): Numbers {
  const θ = draw(K.thetaShape);
  if (!K.constraint) return θ;
  return { flat: Float64Array.from(K.constraint.project(valuesAt({ θ }, backend).θ).toArray()), shape: θ.shape };
}

/** K(θ)y without the fixed part: mat(Qθ)y. */
export function applyLinear(K: Parameterization, theta: Value, y: Value): Value {
  const z = K.apply(theta, y);
  return K.fixedPart ? sub(z, K.fixedPart.apply(y)) : z;
}

/** ‖K(θ)y‖ / (‖θ‖‖y‖) at a random point: the scale of rounding errors where a result itself happens to be 0. */
export function gainOf(trial: Trial): number {
  const { θ, y } = randomPoint(trial);
  const at: ValuesAt<"θ" | "y"> = valuesAt({ θ, y }, trial.backend);
  const size = norm(trial.K.apply(at.θ, at.y).toArray());
  return size / Math.max(norm(θ.flat) * norm(y.flat), Number.MIN_VALUE);
}

export function norm(flat: ArrayLike<number>): number {
  let squares = 0;
  for (let k = 0; k < flat.length; k++) squares += (flat[k] as number) ** 2;
  return Math.sqrt(squares);
}

export function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k] as number) * (b[k] as number);
  return total;
}

/** What rounding may amount to with so many numbers, relative. */
export function roundingOf(point: Point, backend: Backend): number {
  return 50 * Math.sqrt(named(point).reduce((sum, [, { flat }]) => sum + flat.length, 1)) * backend.epsilon;
}
