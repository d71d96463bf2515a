import { DataError, requireReadable, showShape, type Value } from "@paramat/core";
import { unravel } from "./unravel.js";

/**
 * Nothing, if every number is finite.
 * @throws DataError with how many are not and where the first is; BackendError where the backend cannot be read without waiting
 */
export function requireFinite(op: string, name: string, values: Value): void {
  requireReadable(op, values.backend, name);
  const numbers = values.toArray();
  const first = numbers.findIndex((x) => !Number.isFinite(x));
  if (first < 0) return;
  const count = numbers.reduce((total, x) => total + (Number.isFinite(x) ? 0 : 1), 0);
  throw new DataError(
    `${op}: ${name}, ${showShape(values.shape)}, has ${count} of ${values.size} numbers NaN or infinite, the first at ${showShape(unravel(first, values.shape))}; leave them out, or fill them in`,
  );
}
