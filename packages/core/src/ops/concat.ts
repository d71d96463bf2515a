import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { denseBlock, placeBlocks } from "./blocks.js";
import { requireKnownOptions } from "./known-options.js";

/** The axis along which arrays are joined. */
export interface JoinOptions {
  /** Default 0; negative axes count from the end. */
  readonly axis?: number;
}

/**
 * The arrays one after the other along `axis`; its transpose is `split`.
 * @param values at least one; shapes agree in all axes but `axis`
 * @throws ShapeError if there is none, or the shapes do not fit together
 */
export function concat(values: readonly Value[], options: JoinOptions = {}): Value {
  requireKnownOptions("concat", options, ["axis"]);
  const first = values[0];
  if (!first) throw new ShapeError("concat: no arrays were given; at least one is needed");
  const axis = normalizeAxis("concat", options.axis ?? 0, first.shape.length);
  values.forEach(({ shape }, k) => {
    if (shape.length !== first.shape.length || !shape.every((n, a) => a === axis || n === first.shape[a])) {
      throw new ShapeError(
        `concat: array 0 is ${showShape(first.shape)}, array ${k} is ${showShape(shape)}; along axis ${axis} they join only if all other axes agree`,
      );
    }
  });
  if (values.length === 1) return first;
  let length = 0;
  const blocks = values.map(({ shape }) => {
    const start = shape.map((_, a) => (a === axis ? length : 0));
    length += shape[axis] as number;
    return denseBlock(start);
  });
  return placeBlocks(
    values,
    blocks,
    first.shape.map((n, a) => (a === axis ? length : n)),
  );
}
