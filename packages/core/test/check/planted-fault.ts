import { cpu } from "@paramat/backends";
import type { CheckDerivativesOptions } from "@paramat/core/check";
import { ndarray } from "../../src/array.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";

/** An op with one bug, and the input whose derivative (or number) is wrong. */
export interface PlantedFault {
  readonly fault: string;
  /** As the report must name it. */
  readonly names: string;
  /** Where it is called. */
  readonly x: readonly Value[];
  /** A fresh op each time: some faults are state. */
  readonly make: () => (x: readonly Value[]) => Value;
  readonly options?: CheckDerivativesOptions;
}

export const backend = cpu("float64");
export const a = ndarray(backend, [0.7, -1.3, 2.1]);
export const b = ndarray(backend, [1.9, 0.4, -0.8]);
export const A = ndarray(backend, [
  [1.2, -0.5, 0.3],
  [0.4, 2.0, -1.1],
  [-0.9, 0.6, 1.7],
]);
export const B = ndarray(backend, [
  [0.2, 1.5, -0.7],
  [1.3, -0.4, 0.8],
  [0.5, 0.9, -1.6],
]);

export type Inputs = readonly Value[];
export const one =
  (op: (x: Value) => Value) =>
  ([x]: Inputs) =>
    op(x as Value);
export const two =
  (op: (x: Value, y: Value) => Value) =>
  ([x, y]: Inputs) =>
    op(x as Value, y as Value);
/** An op whose only rule is the vjp; the jvp is derived as its transpose, so that the two agree with each other. */
export const byVjp = (name: string, f: (...x: Inputs) => Value, rule: (x: Inputs, ct: Value) => readonly (Value | null)[]) =>
  customDerivative({ name, f, vjp: rule });
