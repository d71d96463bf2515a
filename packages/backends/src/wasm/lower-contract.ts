import type { MatmulSizes, View } from "../backend.js";
import { acrossBatch, isAcrossBatch } from "./contract/across-batch.js";
import { blockedProduct } from "./contract/blocked-product.js";
import { dotProduct, isDotProduct } from "./contract/dot-product.js";
import { type Product, productOf } from "./contract/product.js";
import { isRowProduct, rowProduct } from "./contract/row-product.js";
import { memory, wasmModule } from "./encoder/index.js";
import type { Kernel, Launch, Target } from "./kernel.js";

/** C[b, i, j] = Σ_k A[b, i, k] B[b, k, j], contiguous [...batch, m, n]. The empty sum is 0. */
export function lowerContract(target: Target, sizes: MatmulSizes, a: View, b: View): Launch {
  const { batch, m, n, k } = sizes;
  const length = batch.reduce((product, size) => product * size, m * n);
  const product = productOf(sizes, a, b, target.numbers.bytes);
  return {
    key: `contract ${JSON.stringify(product)}`,
    make: () => (k === 0 ? zeros(length * target.numbers.bytes) : kernelFor(target, product)),
    operands: [a, b].map(({ buffer, offset }) => ({ buffer, offset })),
    length,
  };
}

function kernelFor(target: Target, product: Product): Kernel {
  if (isAcrossBatch(target.numbers, product)) return acrossBatch(target, product);
  if (isDotProduct(target.numbers, product)) return dotProduct(target, product);
  if (isRowProduct(target.numbers, product)) return rowProduct(target, product);
  return blockedProduct(target, product);
}

function zeros(bytes: number): Kernel {
  const module = wasmModule();
  module.entry("zeros", 8, (params) => memory.fill(params[2]!, 0, bytes));
  return { module, phases: [{ entry: "zeros", units: 1, cost: bytes / 16 }], sharedBytes: 0, ownBytes: 0 };
}
