import { advance, block, branch, branchIf, type Code, i32, type Local, loop, sequence, set, type WasmModule } from "../encoder/index.js";
import type { Phase } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { least } from "./bounds.js";
import type { Product } from "./product.js";

/** Parts first … end − 1 of one matrix of the batch, whose factors begin at a and b and whose product begins at c. */
export type MatrixJob = (a: Local, b: Local, c: Local, own: Local, first: Local, end: Local) => Code;

/** Adds the entry "product", in which every matrix of the batch counts as `parts` units. */
export function overMatrices(module: WasmModule, numbers: Numbers, product: Product, parts: number, job: MatrixJob): Phase {
  const { m, n, k } = product;
  module.entry("product", 8, (params, { local }) => {
    const [a, b, out, , , own, unit, to] = params as [Local, Local, Local, Local, Local, Local, Local, Local];
    const [matrix, first, end, pa, pb, pc] = Array.from({ length: 6 }, () => local("i32")) as [Local, Local, Local, Local, Local, Local];
    const [left, right] = product.swapped ? [b, a] : [a, b];
    const oneMatrix = sequence(
      branchIf(1, i32.geS(unit, to)),
      set(matrix, i32.divU(unit, parts)),
      set(first, i32.remU(unit, parts)),
      set(end, least(parts, i32.add(first, i32.sub(to, unit)))),
      set(pa, i32.add(left, batchOffset(product, "a", matrix))),
      set(pb, i32.add(right, batchOffset(product, "b", matrix))),
      set(pc, i32.add(out, i32.mul(matrix, m * n * numbers.bytes))),
      advance(unit, i32.sub(end, first)),
      job(pa, pb, pc, own, first, end),
      branch(0),
    );
    return block(loop(oneMatrix));
  });
  return { entry: "product", units: numProducts(product) * parts, cost: (m * n * k) / (2 * numbers.lanes * parts) + 50 };
}

/** How many products the batch holds. */
export function numProducts({ batch }: Product): number {
  return batch.reduce((product, { size }) => product * size, 1);
}

/** Where a factor of product number `matrix` begins, in bytes from where that of the first does. */
function batchOffset({ batch }: Product, factor: "a" | "b", matrix: Local): Code {
  let [code, below]: [Code, number] = [i32.mul(matrix, 0), 1];
  for (const [level, axis] of [...batch].reverse().entries()) {
    const position = below === 1 ? matrix : i32.divU(matrix, below);
    const inAxis = level === batch.length - 1 ? position : i32.remU(position, axis.size);
    if (axis[factor] !== 0) code = i32.add(code, i32.mul(inAxis, axis[factor]));
    below *= axis.size;
  }
  return code;
}
