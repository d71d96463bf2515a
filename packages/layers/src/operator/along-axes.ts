import type { Shape, Value } from "@paramat/core";
import type { Tag } from "../tag.js";
import { linearOperator } from "./checked-operator.js";
import type { LinearOperator } from "./linear-operator.js";

/** A linear map along one axis of an array, whichever it is, with its exact transpose. */
export interface AxisMap {
  /** Length of the axis after the map. */
  readonly size: number;
  apply(x: Value, axis: number): Value;
  applyTranspose(z: Value, axis: number): Value;
}

/**
 * A_d ⊗ … ⊗ A₁: one map along each of `axes`, one after the other.
 * @param axes of one example
 * @param mapOf the map along the k-th of `axes`, which has n entries
 */
export function alongAxes(
  name: string,
  inShape: Shape,
  axes: readonly number[],
  mapOf: (n: number, k: number) => AxisMap,
  tags?: readonly Tag[],
): LinearOperator {
  const maps = axes.map((axis, k) => ({ axis: axis + 1, map: mapOf(inShape[axis] as number, k) }));
  const outShape = inShape.map((n, a) => maps.find(({ axis }) => axis === a + 1)?.map.size ?? n);
  return linearOperator({
    name,
    inShape,
    outShape,
    ...(tags && { tags }),
    apply: (y) => maps.reduce((x, { axis, map }) => map.apply(x, axis), y),
    applyTranspose: (z) => maps.reduceRight((x, { axis, map }) => map.applyTranspose(x, axis), z),
  });
}
