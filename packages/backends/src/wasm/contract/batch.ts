import { type Code, i32, type Local } from "../encoder/index.js";
import type { Product } from "./product.js";

/** How many products the batch holds. */
export function numProducts({ batch }: Product): number {
  return batch.reduce((product, { size }) => product * size, 1);
}

/** Where a factor of product number `matrix` begins, in bytes from where that of the first does. */
export function batchOffset({ batch }: Product, factor: "a" | "b", matrix: Local): Code {
  let [code, below]: [Code, number] = [i32.mul(matrix, 0), 1];
  for (const [level, axis] of [...batch].reverse().entries()) {
    const position = below === 1 ? matrix : i32.divU(matrix, below);
    const inAxis = level === batch.length - 1 ? position : i32.remU(position, axis.size);
    if (axis[factor] !== 0) code = i32.add(code, i32.mul(inAxis, axis[factor]));
    below *= axis.size;
  }
  return code;
}
