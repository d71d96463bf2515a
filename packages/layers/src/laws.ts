import type { Backend } from "@paramat/backends";
import {
  add,
  LawError,
  mul,
  ndarray,
  type Rng,
  reshape,
  rng,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  stack,
  sub,
  sum,
  type Value,
} from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { type LawReport, type LawResult, reportLaws } from "./law-report.js";
import type { Parameterization } from "./parameterization.js";

export type { LawReport, LawResult } from "./law-report.js";
export { assertOperator, checkOperator, type OperatorLawOptions } from "./operator/check-operator.js";
export { assertParametricOperator, checkParametricOperator, type ParametricLawOptions } from "./operator/check-parametric-operator.js";

export interface LawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Examples along axis 0. Default 3. */
  readonly examples?: number;
  /** The matrix K(θ) ∈ R^{m×n}, row-major, written out naively from θ's entries: the oracle. */
  readonly oracle?: (theta: ArrayLike<number>) => ArrayLike<number>;
}

/**
 * What every parameterization must satisfy, yours too, at random θ, y, z:
 * shapes; ⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀvec(zyᵀ), θ⟩, plus ⟨z, A₀y⟩ where there is a fixed part; linearity in θ and in y; examples do not mix;
 * derivatives to second order; and, where one is given, agreement with a matrix written out naively.
 * @param backend float64, so that rounding is far below any mistake
 */
export function checkParameterization(K: Parameterization, backend: Backend, options: LawOptions = {}): LawReport {
  const { seed = 1, examples = 3, oracle = () => [] } = options;
  const stream = rng(seed);
  const draw = (shape: Shape) => random(stream, backend, shape);
  const theta = draw(K.thetaShape);
  const y = draw([examples, ...K.inShape]);
  const z = draw([examples, ...K.outShape]);
  const laws: readonly [string, () => LawResult][] = [
    ["shapes", () => shapes(K, theta, y, z)],
    ["⟨z, Ky⟩ = ⟨Kᵀz, y⟩ = ⟨Qᵀ, θ⟩", () => trilinear(K, theta, y, z)],
    ["linear in θ", () => linear("linear in θ", (t) => varying(K, t, y), theta, draw(K.thetaShape))],
    ["linear in y", () => linear("linear in y", (x) => K.apply(theta, x), y, draw(y.shape))],
    ["examples do not mix", () => separate(K, theta, y)],
    ...(options.oracle ? [["the matrix, naively", () => againstOracle(K, theta, y, oracle)] as [string, () => LawResult]] : []),
    ["derivatives", () => derivatives(K, theta, y, seed)],
  ];
  return reportLaws(`${K.name}: θ ${showShape(K.thetaShape)}, ${showShape(K.inShape)} → ${showShape(K.outShape)}`, seed, laws);
}

/** @throws LawError with the report unless every law holds */
export function assertParameterization(K: Parameterization, backend: Backend, options: LawOptions = {}): void {
  const report = checkParameterization(K, backend, options);
  if (!report.ok) throw new LawError(String(report));
}

function shapes(K: Parameterization, theta: Value, y: Value, z: Value): LawResult {
  const wanted: [string, Shape, Shape][] = [
    ["apply", K.apply(theta, y).shape, z.shape],
    ["applyTranspose", K.applyTranspose(theta, z).shape, y.shape],
    ["jacobianTranspose", K.jacobianTranspose(y, z).shape, K.thetaShape],
    ["numParams", [K.numParams], [sizeOf(K.thetaShape)]],
  ];
  const wrong = wanted
    .filter(([, found, want]) => !sameShape(found, want))
    .map(([name, found, want]) => `${name} gives ${showShape(found)}, must give ${showShape(want)}`);
  return { law: "shapes", ok: wrong.length === 0, error: wrong.length, detail: wrong.join("; ") || "all as declared" };
}

function trilinear(K: Parameterization, theta: Value, y: Value, z: Value): LawResult {
  const Ky = K.apply(theta, y);
  const KTz = K.applyTranspose(theta, z);
  const QTzy = K.jacobianTranspose(y, z);
  const fixed = K.fixedPart ? inner(z, K.fixedPart.apply(y)) : 0;
  const values = [inner(z, Ky), inner(KTz, y), inner(QTzy, theta) + fixed] as const;
  // The inner product itself may be near 0, so errors are measured against the norms.
  const scale = Math.max(norm(z) * norm(Ky), norm(KTz) * norm(y), norm(QTzy) * norm(theta), Number.MIN_VALUE);
  const error = Math.max(Math.abs(values[0] - values[1]), Math.abs(values[0] - values[2])) / scale;
  const ok = error <= 50 * Math.sqrt(y.size + z.size + theta.size) * y.backend.epsilon;
  return {
    law: "⟨z, Ky⟩ = ⟨Kᵀz, y⟩ = ⟨Qᵀ, θ⟩",
    ok,
    error,
    detail: `${values.map((v) => v.toPrecision(9)).join(", ")}; relative error ${error.toExponential(1)}`,
  };
}

/** mat(Qθ) y, without the fixed part. */
function varying(K: Parameterization, theta: Value, y: Value): Value {
  const z = K.apply(theta, y);
  return K.fixedPart ? sub(z, K.fixedPart.apply(y)) : z;
}

function linear(law: string, f: (x: Value) => Value, a: Value, b: Value): LawResult {
  const together = f(add(mul(a, 1.5), b));
  const apart = add(mul(f(a), 1.5), f(b));
  const error = norm(sub(together, apart)) / Math.max(norm(together), norm(apart), Number.MIN_VALUE);
  const ok = error <= 50 * Math.sqrt(a.size) * a.backend.epsilon;
  return { law, ok, error, detail: `f(1.5a + b) against 1.5f(a) + f(b): relative error ${error.toExponential(1)}` };
}

function separate(K: Parameterization, theta: Value, y: Value): LawResult {
  const together = K.apply(theta, y);
  const flat = y.toArray();
  const numIn = sizeOf(K.inShape);
  const one = Array.from({ length: y.shape[0] as number }, (_, e) =>
    reshape(K.apply(theta, ndarray(y.backend, flat.slice(e * numIn, (e + 1) * numIn), [1, ...K.inShape])), K.outShape),
  );
  const error = norm(sub(together, stack(one))) / Math.max(norm(together), Number.MIN_VALUE);
  return {
    law: "examples do not mix",
    ok: error <= 50 * Math.sqrt(numIn) * y.backend.epsilon,
    error,
    detail: `one by one: relative error ${error.toExponential(1)}`,
  };
}

function againstOracle(K: Parameterization, theta: Value, y: Value, oracle: NonNullable<LawOptions["oracle"]>): LawResult {
  const matrix = oracle(theta.toArray());
  const n = sizeOf(K.inShape);
  const m = sizeOf(K.outShape);
  const input = y.toArray();
  const found = K.apply(theta, y).toArray();
  let worst = 0;
  let scale = Number.MIN_VALUE;
  let where = "";
  for (let e = 0; e < (y.shape[0] as number); e++) {
    for (let i = 0; i < m; i++) {
      let expected = 0;
      for (let j = 0; j < n; j++) expected += (matrix[i * n + j] as number) * (input[e * n + j] as number);
      const off = Math.abs(expected - (found[e * m + i] as number));
      scale = Math.max(scale, Math.abs(expected));
      if (!(off <= worst)) {
        worst = off;
        where = `worst at example ${e}, row ${i}: expected ${expected.toPrecision(9)}, found ${(found[e * m + i] as number).toPrecision(9)}`;
      }
    }
  }
  const error = worst / scale;
  return { law: "the matrix, naively", ok: error <= 50 * n * y.backend.epsilon, error, detail: where || "equal" };
}

function derivatives(K: Parameterization, theta: Value, y: Value, seed: number): LawResult {
  const report = checkDerivatives(([t, x]: readonly Value[]) => K.apply(t as Value, x as Value), [theta, y], { seed, order: 2 });
  return {
    law: "derivatives, order 1 and 2",
    ok: report.ok,
    error: report.ok ? 0 : 1,
    detail: report.ok ? "all checks hold" : `\n${String(report)}`,
  };
}

function random(stream: Rng, backend: Backend, shape: Shape): Value {
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );
}

function inner(a: Value, b: Value): number {
  return sum(mul(a, b)).item();
}

function norm(a: Value): number {
  return Math.sqrt(inner(a, a));
}
