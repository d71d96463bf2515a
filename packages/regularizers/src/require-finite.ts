import { DataError, showShape, type Value } from "@paramat/core";

/**
 * Nothing, if every number is finite.
 * @throws DataError with how many are not and where the first is; BackendError where the backend cannot be read without waiting
 */
export function requireFinite(op: string, name: string, values: Value): void {
  const numbers = values.toArray();
  const first = numbers.findIndex((x) => !Number.isFinite(x));
  if (first < 0) return;
  const count = numbers.reduce((total, x) => total + (Number.isFinite(x) ? 0 : 1), 0);
  throw new DataError(
    `${op}: ${name}, ${showShape(values.shape)}, has ${count} of ${values.size} numbers NaN or infinite, the first at ${showShape(placeOf(first, values.shape))}; leave them out, or fill them in`,
  );
}

/** Index of a number along each axis. */
function placeOf(at: number, shape: readonly number[]): number[] {
  let rest = at;
  const place = shape.map(() => 0);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = rest % shape[axis]!;
    rest = Math.floor(rest / shape[axis]!);
  }
  return place;
}
