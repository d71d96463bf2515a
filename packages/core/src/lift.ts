import { ndarray } from "./array.js";
import { BackendError } from "./errors.js";
import { requireValue } from "./tape.js";
import type { Value } from "./value.js";

/** A value, or a plain number standing for a scalar on the backend of its neighbours. */
export type ValueLike = Value | number;

/**
 * Arguments as values: numbers become scalars on the backend of the first value.
 * @throws BackendError if all are numbers; TypeError if one is neither a number nor a value
 */
export function lift(op: string, args: readonly ValueLike[]): Value[] {
  args.forEach((x, i) => typeof x === "number" || requireValue(op, x, i));
  const first = args.find((x): x is Value => typeof x !== "number");
  if (first === undefined) {
    throw new BackendError(`${op}: no array among the arguments (${args.join(", ")}); at least one must be made by ndarray(backend, …)`);
  }
  return args.map((x) => (typeof x === "number" ? ndarray(first.backend, x) : x));
}
