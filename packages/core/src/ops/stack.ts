import { ShapeError } from "../errors.js";
import { normalizeAxis, sameShape, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { concat, type JoinOptions } from "./concat.js";
import { requireKnownOptions } from "./known-options.js";
import { reshape } from "./reshape.js";

/**
 * Arrays of one shape along a new axis: z[…, k, …] = values[k][…].
 * @param options `axis` is where the new axis stands in the result
 * @throws ShapeError if there is none, or the shapes differ
 */
export function stack(values: readonly Value[], options: JoinOptions = {}): Value {
  requireKnownOptions("stack", options, ["axis"]);
  const first = values[0];
  if (!first) throw new ShapeError("stack: no arrays were given; at least one is needed");
  const axis = normalizeAxis("stack", options.axis ?? 0, first.shape.length + 1);
  values.forEach(({ shape }, k) => {
    if (!sameShape(shape, first.shape)) {
      throw new ShapeError(`stack: array 0 is ${showShape(first.shape)}, array ${k} is ${showShape(shape)}; all must have one shape`);
    }
  });
  const layer = [...first.shape.slice(0, axis), 1, ...first.shape.slice(axis)];
  return concat(
    values.map((x) => reshape(x, layer)),
    { axis },
  );
}
