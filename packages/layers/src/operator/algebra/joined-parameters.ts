import type { Backend } from "@paramat/backends";
import { concat, mul, type Rng, reshape, type Shape, split, type Value } from "@paramat/core";
import type { Constraint } from "../../constraint.js";
import type { Parameterization } from "../../parameterization.js";

/** A parameterization whose θ is made of the parameters of several. */
export interface JoinedParameterization extends Parameterization {
  /** The parameters of each part, in its own shape: K(θ) is made of Kᵢ(`split(θ)[i]`). */
  split(theta: Value): readonly Value[];
  /** θ from the parameters of each part. */
  join(parts: readonly Value[]): Value;
}

/** What a joined parameterization says of its parameters. */
export type JoinedParameters = Pick<JoinedParameterization, "thetaShape" | "numParams" | "split" | "join" | "init" | "constraint">;

/**
 * θ = (θ₁, θ₂, …), each flattened row-major, one after the other; of a single part θ is θ₁ itself.
 * @param scales the initial θᵢ is that of Kᵢ times scales[i], then projected onto the constraint
 */
export function joinParameters(parts: readonly Parameterization[], scales: readonly number[]): JoinedParameters {
  const sizes = parts.map((K) => K.numParams);
  const only = parts.length === 1 ? parts[0] : undefined;
  const numParams = sizes.reduce((a, b) => a + b, 0);
  const thetaShape: Shape = only ? only.thetaShape : [numParams];
  const cut = (theta: Value): readonly Value[] =>
    only ? [theta] : split(theta, sizes).map((part, k) => reshape(part, (parts[k] as Parameterization).thetaShape));
  const join = (values: readonly Value[]): Value =>
    only ? (values[0] as Value) : concat(values.map((value) => reshape(value, [value.size])));
  const constraint = joinConstraints(parts, cut, join);
  const start = (K: Parameterization, scale: number, rng: Rng, backend: Backend) => {
    const theta = K.init(rng, backend);
    if (scale === 1) return theta;
    return K.constraint ? K.constraint.project(mul(theta, scale)) : mul(theta, scale);
  };
  return {
    thetaShape,
    numParams,
    split: cut,
    join,
    init: (rng, backend) => join(parts.map((K, k) => start(K, scales[k] as number, rng, backend))),
    ...(constraint && { constraint }),
  };
}

/** Each part meets its own constraint. */
function joinConstraints(
  parts: readonly Parameterization[],
  cut: (theta: Value) => readonly Value[],
  join: (values: readonly Value[]) => Value,
): Constraint | undefined {
  const constraints = parts.map((K) => K.constraint);
  if (constraints.every((c) => c === undefined)) return undefined;
  const each = (how: "project" | "fromFree" | "toFree") => (theta: Value) =>
    join(cut(theta).map((part, k) => constraints[k]?.[how](part) ?? part));
  return {
    name: parts
      .flatMap((K, k) => (K.constraint ? [parts.length === 1 ? K.constraint.name : `part ${k}: ${K.constraint.name}`] : []))
      .join("; "),
    project: each("project"),
    fromFree: each("fromFree"),
    toFree: each("toFree"),
    holds: (theta) => cut(theta).every((part, k) => constraints[k]?.holds(part) ?? true),
  };
}
