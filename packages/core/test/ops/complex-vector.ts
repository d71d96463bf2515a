import { ndarray, type Value } from "@paramat/core";
import { backend } from "./linear-laws.js";

/** Two planes from pairs [re, im]. */
export function complexVector(...numbers: readonly (readonly [number, number])[]): Value {
  return ndarray(backend, [numbers.map(([re]) => re), numbers.map(([, im]) => im)]);
}
