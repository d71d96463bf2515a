import { instructions } from "../expr/instructions.js";
import type { Expr } from "../expr.js";
import { blockLoops } from "./map-block-loops.js";
import type { CpuArray, MapKernel } from "./map-kernel.js";

const blockSize = 1024;

/**
 * A kernel that needs no code generation: every subformula is evaluated over up to 1024 entries at a time, one loop each, in float64.
 * Gives the same bits as the generated kernel.
 * @param numInputs of f that are read from buffers; the inputs after those are constants
 */
export function interpretKernel(f: Expr, numInputs: number): MapKernel {
  const list = instructions(f);
  const blocks = list.map(() => new Float64Array(blockSize));
  return (out, outOffset, outStrides, sizes, buffers, offsets, strides, constants) => {
    const total = sizes.reduce((product, size) => product * size, 1);
    for (const [i, { node }] of list.entries()) {
      if (node.kind === "const") blocks[i]!.fill(node.value);
      if (node.kind === "input" && node.index >= numInputs) blocks[i]!.fill(constants[node.index - numInputs]!);
    }
    for (let start = 0; start < total; start += blockSize) {
      const count = Math.min(blockSize, total - start);
      for (const [i, { node, args }] of list.entries()) {
        if (node.kind === "call") {
          const [x, y, z] = args.map((arg) => blocks[arg]) as [Float64Array, Float64Array, Float64Array];
          blockLoops[node.op](blocks[i]!, count, x, y, z);
        } else if (node.kind === "input" && node.index < numInputs) {
          readBlock(blocks[i]!, start, count, buffers[node.index]!, offsets[node.index]!, strides[node.index]!, sizes);
        }
      }
      writeBlock(blocks.at(-1)!, start, count, out, outOffset, outStrides, sizes);
    }
  };
}

function readBlock(
  block: Float64Array,
  start: number,
  count: number,
  buffer: CpuArray,
  offset: number,
  strides: readonly number[],
  sizes: readonly number[],
): void {
  const stride = strides.at(-1)!;
  for (let done = 0; done < count; ) {
    const run = Math.min(count - done, runLength(start + done, sizes));
    let position = positionOf(start + done, offset, strides, sizes);
    for (const end = done + run; done < end; done++, position += stride) block[done] = buffer[position]!;
  }
}

function writeBlock(
  block: Float64Array,
  start: number,
  count: number,
  out: CpuArray,
  offset: number,
  strides: readonly number[],
  sizes: readonly number[],
): void {
  for (let done = 0; done < count; ) {
    const run = Math.min(count - done, runLength(start + done, sizes));
    out.set(block.subarray(done, done + run), positionOf(start + done, offset, strides, sizes));
    done += run;
  }
}

/** Entries from the flat position to the end of its innermost row. */
function runLength(flat: number, sizes: readonly number[]): number {
  const inner = sizes.at(-1)!;
  return inner - (flat % inner);
}

function positionOf(flat: number, offset: number, strides: readonly number[], sizes: readonly number[]): number {
  let position = offset;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const size = sizes[axis]!;
    position += (flat % size) * strides[axis]!;
    flat = Math.floor(flat / size);
  }
  return position;
}
