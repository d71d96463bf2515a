import { ndarray } from "../array.js";
import { LawError, NotDifferentiableError, ShapeError } from "../errors.js";
import { mul } from "../ops/mul.js";
import { sum } from "../ops/sum.js";
import type { Primitive } from "../primitive.js";
import { rng } from "../rng.js";
import { sameShape, showShape } from "../shape.js";
import { apply, isWatched } from "../tape.js";
import type { Value } from "../value.js";
import { record } from "./record.js";
import { pullBack, zerosLike } from "./sweep.js";

/** A function with derivative rules of its own, written in ops, so that derivatives of every order follow from them. */
export interface CustomDerivative {
  /** For error messages and reports. */
  readonly name: string;
  /** z = f(x₁, x₂, …). It is given plain arrays, so nothing in it is recorded. */
  readonly f: (...inputs: readonly Value[]) => Value;
  /** dz = J dx; linear in the tangents (one for each input, zeros where an input does not vary). */
  readonly jvp?: (inputs: readonly Value[], tangents: readonly Value[], output: Value) => Value;
  /** Jᵀ ct, one for each input, null for zero; linear in the cotangent. */
  readonly vjp?: (inputs: readonly Value[], cotangent: Value, output: Value) => readonly (Value | null)[];
  /** Whether jvp and vjp, where both are given, are held against each other at the first points of each shape. Default true. */
  readonly verify?: boolean;
}

/**
 * f with the derivative rules given. One of jvp and vjp is enough: each is linear, so the other is its transpose. Where both are given they are
 * checked against each other, ⟨ct, J dx⟩ = ⟨Jᵀ ct, dx⟩, on the first use with new shapes.
 * @throws NotDifferentiableError if neither rule is given, or if f uses a watched value that is not among its arguments
 * @throws LawError if jvp and vjp are not transposes of each other
 * @example
 * import { cpu } from "@paramat/backends";
 * import { customDerivative, grad, mul, ndarray, sign, sum } from "@paramat/core";
 * // The sign of x, with the derivative of the identity (a straight-through estimator).
 * const signThrough = customDerivative({ name: "signThrough", f: (x) => sign(x), vjp: (_, ct) => [ct] });
 * grad((x) => sum(signThrough(x)))(ndarray(cpu(), [-2, 3])).toNested(); // → [1, 1]
 */
export function customDerivative(definition: CustomDerivative): (...inputs: readonly Value[]) => Value {
  const { name, f, jvp, vjp } = definition;
  if (!jvp && !vjp) throw new NotDifferentiableError(`${name}: neither jvp nor vjp is given; give one, or use f as it is`);
  const primitive: Primitive<{ readonly result: Value }> = {
    name,
    shape: (_, { result }) => result.shape,
    forward: (_backend, _inputs, { result }) => result.array.buffer,
    jvp(inputs, tangents, output) {
      const dx = tangents.map((t, i) => t ?? zerosLike(inputs[i] as Value));
      if (jvp) return requireShape(`${name}.jvp`, jvp(inputs, dx, output), output);
      // J dx is the transpose of ct ↦ Jᵀ ct, applied to dx. That map is linear, so any point will do to transpose it at.
      const {
        tape,
        inputs: [ct],
        output: pulled,
      } = record((ct: Value) => reversed(definition, inputs, ct, output), zerosLike(output));
      const seeds = pulled.map((p, i) => [p, dx[i] as Value] as const);
      return pullBack(tape, seeds, ct ? [ct] : [])[0] ?? null;
    },
    vjp(inputs, ct, output) {
      if (vjp) return reversed(definition, inputs, ct, output);
      const forward = jvp as NonNullable<typeof jvp>;
      const {
        tape,
        inputs: dx,
        output: dz,
      } = record((dx: readonly Value[]) => requireShape(`${name}.jvp`, forward(inputs, dx, output), output), inputs.map(zerosLike));
      return pullBack(tape, [[dz, ct]], dx);
    },
  };
  const verified = new Map<string, number>();
  return (...inputs) => {
    const result = f(...inputs.map((x) => x.array));
    if (isWatched(result)) {
      throw new NotDifferentiableError(
        `${name}: f depends on a watched value that is not among its arguments, whose derivative would be lost; pass it as an argument`,
      );
    }
    const output = apply(primitive, inputs, { result });
    const shapes = inputs.map((x) => showShape(x.shape)).join();
    const times = verified.get(shapes) ?? 0;
    const canRead = result.backend.readSync && !result.backend.records;
    if (jvp && vjp && definition.verify !== false && canRead && times < VERIFICATIONS) {
      const plain = inputs.map((x) => x.array);
      if (verifyTransposes(definition, plain, result.array)) verified.set(shapes, times + 1);
    }
    return output;
  };
}

/** So many points at which the rules can tell something, since rules that differ may agree at one (at 0, say). */
const VERIFICATIONS = 8;

function reversed({ name, vjp }: CustomDerivative, inputs: readonly Value[], ct: Value, output: Value): readonly Value[] {
  const rule = vjp as NonNullable<typeof vjp>;
  const pulled = rule(inputs, ct, output);
  if (pulled.length !== inputs.length) {
    throw new ShapeError(`${name}.vjp: gave ${pulled.length} cotangents for ${inputs.length} inputs; give one for each, null for zero`);
  }
  return pulled.map((p, i) => (p ? requireShape(`${name}.vjp (input ${i})`, p, inputs[i] as Value) : zerosLike(inputs[i] as Value)));
}

function requireShape(rule: string, got: Value, like: Value): Value {
  if (!sameShape(got.shape, like.shape))
    throw new ShapeError(`${rule}: gave shape ${showShape(got.shape)}; it must be ${showShape(like.shape)}`);
  return got;
}

/** @returns whether the point could tell: both sides finite and not all 0 */
function verifyTransposes(definition: CustomDerivative, inputs: readonly Value[], output: Value): boolean {
  const stream = rng(20);
  const random = (like: Value) =>
    ndarray(
      like.backend,
      Float64Array.from({ length: like.size }, () => stream.normal()),
      like.shape,
    );
  const forward = definition.jvp as NonNullable<typeof definition.jvp>;
  const dx = inputs.map(random);
  const ct = random(output);
  const dz = requireShape(`${definition.name}.jvp`, forward(inputs, dx, output), output);
  const pulled = reversed(definition, inputs, ct, output);
  const left = dot(ct, dz);
  const right = pulled.reduce((total, p, i) => total + dot(p, dx[i] as Value), 0);
  const scale =
    Math.sqrt(dot(ct, ct) * dot(dz, dz)) +
    pulled.reduce((total, p, i) => total + Math.sqrt(dot(p, p) * dot(dx[i] as Value, dx[i] as Value)), 0);
  if (!Number.isFinite(left + right + scale) || scale === 0) return false;
  if (Math.abs(left - right) > output.backend.epsilon ** (2 / 3) * scale) {
    throw new LawError(
      `${definition.name}: jvp and vjp are not transposes of each other: ⟨ct, jvp(dx)⟩ = ${left}, ⟨vjp(ct), dx⟩ = ${right} at inputs of shape ${inputs.map((x) => showShape(x.shape)).join(", ")}; correct one, or give only the one you trust`,
    );
  }
  return true;
}

function dot(a: Value, b: Value): number {
  return sum(mul(a, b)).item();
}
