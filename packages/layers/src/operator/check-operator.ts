import type { Backend } from "@paramat/backends";
import {
  add,
  dot,
  eye,
  LawError,
  mul,
  ndarray,
  norm,
  reshape,
  rng,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  slice,
  sub,
  type Value,
} from "@paramat/core";
import { type LawReport, type LawResult, reportLaws } from "../law-report.js";
import { findCounterexample } from "../structure/tag-counterexample.js";
import type { LinearOperator } from "./linear-operator.js";

export interface OperatorLawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Examples along axis 0. Default 3. */
  readonly examples?: number;
  /** The matrix A ∈ R^{m×n}, row-major, written out naively: the oracle. */
  readonly matrix?: ArrayLike<number>;
}

/**
 * What every fixed map must satisfy, at random y and z: shapes; ⟨z, Ay⟩ = ⟨Aᵀz, y⟩; both maps linear; examples do not mix; its tags hold of its
 * matrix; and, where one is given, agreement with a matrix written out naively.
 * @param backend float64, so that rounding is far below any mistake
 */
export function checkOperator(A: LinearOperator, backend: Backend, options: OperatorLawOptions = {}): LawReport {
  const { seed = 1, examples = 3, matrix } = options;
  const stream = rng(seed);
  const draw = (shape: Shape) =>
    ndarray(
      backend,
      Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
      shape,
    );
  const [y, z] = [draw([examples, ...A.inShape]), draw([examples, ...A.outShape])];
  const laws: [string, () => LawResult][] = [
    ["shapes", () => shapes(A, y, z)],
    ["⟨z, Ay⟩ = ⟨Aᵀz, y⟩", () => adjoint(A, y, z)],
    ["linear", () => linear("linear", (x) => A.apply(x), y, draw(y.shape))],
    ["transpose linear", () => linear("transpose linear", (x) => A.applyTranspose(x), z, draw(z.shape))],
    ["examples do not mix", () => separate(A, y)],
  ];
  if (A.tags && A.tags.length > 0) laws.push(["tags", () => tagsHold(A, backend)]);
  if (matrix) laws.push(["the matrix, naively", () => againstMatrix(A, y, matrix)]);
  return reportLaws(`${A.name}: ${showShape(A.inShape)} → ${showShape(A.outShape)}`, seed, laws);
}

/** @throws LawError with the report unless every law holds */
export function assertOperator(A: LinearOperator, backend: Backend, options: OperatorLawOptions = {}): void {
  const report = checkOperator(A, backend, options);
  if (!report.ok) throw new LawError(String(report));
}

function shapes(A: LinearOperator, y: Value, z: Value): LawResult {
  const wanted: readonly [string, Shape, Shape][] = [
    ["apply", A.apply(y).shape, z.shape],
    ["applyTranspose", A.applyTranspose(z).shape, y.shape],
  ];
  const wrong = wanted
    .filter(([, found, want]) => !sameShape(found, want))
    .map(([name, found, want]) => `${name} gives ${showShape(found)}, must give ${showShape(want)}`);
  return { law: "shapes", ok: wrong.length === 0, error: wrong.length, detail: wrong.join("; ") || "all as declared" };
}

function adjoint(A: LinearOperator, y: Value, z: Value): LawResult {
  const [Ay, ATz] = [A.apply(y), A.applyTranspose(z)];
  const [left, right] = [inner(z, Ay), inner(ATz, y)];
  // The inner product itself may be near 0, so the error is measured against the norms.
  const scale = Math.max(length(z) * length(Ay), length(ATz) * length(y), Number.MIN_VALUE);
  const error = Math.abs(left - right) / scale;
  const detail = `${left.toPrecision(9)}, ${right.toPrecision(9)}; relative error ${error.toExponential(1)}`;
  return { law: "⟨z, Ay⟩ = ⟨Aᵀz, y⟩", ok: error <= tolerance(y, z), error, detail };
}

function linear(law: string, f: (x: Value) => Value, a: Value, b: Value): LawResult {
  const error = distance(f(add(mul(a, 1.5), b)), add(mul(f(a), 1.5), f(b)));
  return { law, ok: error <= tolerance(a), error, detail: `f(1.5a + b) against 1.5f(a) + f(b): relative error ${error.toExponential(1)}` };
}

function separate(A: LinearOperator, y: Value): LawResult {
  const together = A.apply(y);
  const errors = Array.from({ length: y.shape[0] as number }, (_, e) =>
    distance(A.apply(slice(y, 0, e, e + 1)), slice(together, 0, e, e + 1)),
  );
  const error = Math.max(...errors);
  const detail = `one by one: relative error ${error.toExponential(1)}`;
  return { law: "examples do not mix", ok: error <= tolerance(y), error, detail };
}

function againstMatrix(A: LinearOperator, y: Value, matrix: ArrayLike<number>): LawResult {
  const law = "the matrix, naively";
  const [n, m] = [sizeOf(A.inShape), sizeOf(A.outShape)];
  if (matrix.length !== m * n)
    return { law, ok: false, error: 1, detail: `the matrix has ${matrix.length} entries; it must have ${m} × ${n}` };
  const input = y.toArray();
  const examples = y.shape[0] as number;
  const expected = new Float64Array(examples * m);
  for (let e = 0; e < examples; e++) {
    for (let i = 0; i < m; i++) {
      let s = 0;
      for (let j = 0; j < n; j++) s += (matrix[i * n + j] as number) * (input[e * n + j] as number);
      expected[e * m + i] = s;
    }
  }
  const error = distance(A.apply(y), ndarray(y.backend, expected, [examples, ...A.outShape]));
  return { law, ok: error <= tolerance(y), error, detail: `relative error ${error.toExponential(1)}` };
}

function tagsHold(A: LinearOperator, backend: Backend): LawResult {
  const [rows, cols] = [sizeOf(A.outShape), sizeOf(A.inShape)];
  const columns = A.apply(reshape(eye(backend, cols), [cols, ...A.inShape])).toArray();
  const entries = Float64Array.from({ length: rows * cols }, (_, at) => columns[(at % cols) * rows + Math.floor(at / cols)] as number);
  for (const tag of A.tags ?? []) {
    const found = findCounterexample(tag, { rows, cols, entries, inShape: A.inShape, outShape: A.outShape }, backend.epsilon);
    if (found) return { law: "tags", ok: false, error: found.error, detail: `${tag} is wrong: ${found.words}` };
  }
  return { law: "tags", ok: true, error: 0, detail: (A.tags ?? []).join(", ") };
}

function tolerance(...arrays: readonly Value[]): number {
  const [first] = arrays as readonly [Value];
  return 50 * Math.sqrt(arrays.reduce((s, x) => s + x.size, 0)) * first.backend.epsilon;
}

/** ‖a − b‖ / max(‖a‖, ‖b‖); NaN where a number is. */
function distance(a: Value, b: Value): number {
  return length(sub(a, b)) / Math.max(length(a), length(b), Number.MIN_VALUE);
}

function inner(a: Value, b: Value): number {
  return dot(a, b).item();
}

function length(a: Value): number {
  return norm(a).item();
}
