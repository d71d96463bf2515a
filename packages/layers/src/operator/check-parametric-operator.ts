import type { Backend } from "@paramat/backends";
import { LawError, leaves, ndarray, type Rng, rebuild, rng, type Shape, showShape, sizeOf, type Tree, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { type LawReport, type LawResult, reportLaws } from "../law-report.js";
import { at } from "./algebra/at.js";
import { checkOperator, type OperatorLawOptions } from "./check-operator.js";
import type { ParametricOperator } from "./parametric-operator.js";

export interface ParametricLawOptions<Theta extends Tree> extends Omit<OperatorLawOptions, "matrix"> {
  /** The matrix K(θ) ∈ R^{m×n}, row-major, written out naively from θ's arrays: the oracle. */
  readonly oracle?: (theta: Theta) => ArrayLike<number>;
}

/**
 * What every map that is linear in y must satisfy at random parameters, whether or not it is linear in them: the laws of `checkOperator` for K(θ), as
 * many parameters as declared, and derivatives in θ and y to second order.
 * @param backend float64, so that rounding is far below any mistake
 */
export function checkParametricOperator<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  backend: Backend,
  options: ParametricLawOptions<Theta> = {},
): LawReport {
  const { seed = 1, examples = 3, oracle } = options;
  const stream = rng(seed);
  const start = K.init(stream, backend);
  const theta = rebuild(
    start,
    leaves(start).map((leaf) => random(stream, backend, leaf.shape)),
  );
  const y = random(stream, backend, [examples, ...K.inShape]);
  const fixed = checkOperator(at(K, theta), backend, { seed, examples, ...(oracle && { matrix: oracle(theta) }) });
  const laws: [string, () => LawResult][] = fixed.results.map((result) => [result.law, () => result]);
  laws.push(["numParams", () => numParams(K, theta)], ["derivatives", () => derivatives(K, theta, y, seed)]);
  return reportLaws(`${K.name}: ${K.numParams} parameters, ${showShape(K.inShape)} → ${showShape(K.outShape)}`, seed, laws);
}

/** @throws LawError with the report unless every law holds */
export function assertParametricOperator<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  backend: Backend,
  options: ParametricLawOptions<Theta> = {},
): void {
  const report = checkParametricOperator(K, backend, options);
  if (!report.ok) throw new LawError(String(report));
}

function numParams<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta): LawResult {
  const found = leaves(theta).reduce((s, leaf) => s + leaf.size, 0);
  const ok = found === K.numParams;
  return { law: "numParams", ok, error: ok ? 0 : 1, detail: `init makes ${found} numbers, ${K.numParams} are declared` };
}

function derivatives<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, y: Value, seed: number): LawResult {
  const point = [...leaves(theta), y];
  const f = (values: readonly Value[]) => K.apply(rebuild(theta, values.slice(0, -1)), values.at(-1) as Value);
  const report = checkDerivatives(f, point, { seed, order: 2 });
  const detail = report.ok ? "all checks hold" : `\n${String(report)}`;
  return { law: "derivatives, order 1 and 2", ok: report.ok, error: report.ok ? 0 : 1, detail };
}

function random(stream: Rng, backend: Backend, shape: Shape): Value {
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );
}
