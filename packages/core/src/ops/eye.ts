import type { Backend } from "@paramat/backends";
import { ndarray } from "../array.js";
import { checkShape } from "../shape.js";
import type { Value } from "../value.js";

/** The identity, z[i, j] = 1 where i = j, else 0, of shape [rows, cols]; square if `cols` is left out. */
export function eye(backend: Backend, rows: number, cols: number = rows): Value {
  const shape = checkShape("eye", [rows, cols]);
  const flat = new Float64Array(rows * cols);
  for (let i = 0; i < Math.min(rows, cols); i++) flat[i * cols + i] = 1;
  return ndarray(backend, flat, shape);
}
