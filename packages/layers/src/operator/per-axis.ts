import { ShapeError } from "@paramat/core";

/** One setting for each of `count` axes, from one for all or a list. @throws ShapeError if the list has another length, or a setting is not as `wanted` */
export function perAxis<T extends number | string>(
  op: string,
  name: string,
  given: T | readonly T[],
  count: number,
  wanted: string,
  isRight: (x: T) => boolean,
): readonly T[] {
  const list = Array.isArray(given) ? (given as readonly T[]) : new Array<T>(count).fill(given as T);
  if (list.length !== count || !list.every(isRight)) {
    throw new ShapeError(`${op}: ${name} is ${JSON.stringify(given)}; it must be ${wanted}, or a list of ${count} such, one for each axis`);
  }
  return list;
}

/** A positive integer for each axis. */
export function countsPerAxis(op: string, name: string, given: number | readonly number[], count: number): readonly number[] {
  return perAxis(op, name, given, count, "an integer ≥ 1", (n) => Number.isInteger(n) && n >= 1);
}

/** An integer ≥ 0 for each axis. */
export function widthsPerAxis(op: string, name: string, given: number | readonly number[], count: number): readonly number[] {
  return perAxis(op, name, given, count, "an integer ≥ 0", (n) => Number.isInteger(n) && n >= 0);
}
