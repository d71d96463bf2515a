import { wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { blockJob, scratchOf } from "./block-job.js";
import { type Blocks, blocksOf } from "./blocks.js";
import { numProducts, overMatrices } from "./over-matrices.js";
import type { Product } from "./product.js";

/**
 * C = AB in tiles that stay in registers, with both factors copied into blocks that stay in the caches, or read in place where that is as good
 * (Goto and van de Geijn, Anatomy of high-performance matrix multiplication, 2008). Threads share out the batch, the columns or the rows.
 * @remarks The sum over k is taken in runs of some 256 terms, one after another: |error| ≤ k ε Σ|a||b|, whatever the number of threads.
 */
export function blockedProduct({ numbers }: Target, product: Product): Kernel {
  const module = wasmModule();
  const blocks = blocksOf(numbers, product);
  const { rowTiles, panels } = blocks;
  const job = blockJob(module, numbers, product, blocks);
  const cut = cutOf(blocks, numProducts(product));
  const parts = { batch: 1, rows: rowTiles, columns: panels }[cut];
  const phase = overMatrices(module, numbers, product, parts, (pa, pb, pc, own, first, end) => {
    if (cut === "rows") return job(pa, pb, pc, own, first, end, 0, panels);
    return cut === "columns" ? job(pa, pb, pc, own, 0, rowTiles, first, end) : job(pa, pb, pc, own, 0, rowTiles, 0, panels);
  });
  return { module, phases: [phase], sharedBytes: 0, ownBytes: scratchOf(numbers, blocks).all };
}

/** Along the batch where it is long; else along the columns where only B is copied, so that no thread copies what another does; else along the longer. */
function cutOf({ rowTiles, panels, packA, packB }: Blocks, numMatrices: number): "batch" | "rows" | "columns" {
  if (numMatrices >= 32) return "batch";
  if (packA === "in place" && packB !== "in place" && panels >= 8) return "columns";
  return rowTiles >= panels ? "rows" : "columns";
}
