import { expect, it } from "vitest";
import { blockLoops } from "../../src/wasm/block-loops.js";
import { advance, i32, sequence, set, wasmModule } from "../../src/wasm/encoder/index.js";

/** What the loops' blocks are: [address a, address b, counts…], and the two addresses after all of them. */
function blocksOf(axes: Parameters<typeof blockLoops>[1]): { readonly blocks: number[][]; readonly after: number[] } {
  const module = wasmModule();
  const width = 2 + axes.length;
  module.entry("loops", 0, (_, scope) => {
    const [a, b, at] = [scope.local("i32"), scope.local("i32"), scope.local("i32")];
    const record = (counts: readonly number[]) =>
      sequence(i32.store(at, a), i32.store(at, b, 4), ...counts.map((count, k) => i32.store(at, count, 8 + 4 * k)), advance(at, 4 * width));
    return sequence(
      set(a, 1000),
      set(b, 2000),
      set(at, 4),
      blockLoops(scope, axes, [a, b], record),
      i32.store(at, a),
      i32.store(at, b, 4),
      i32.store(0, at),
    );
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  const binary = module.encode({ initial: 1, maximum: 65536, shared: false });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  (exports["loops"] as () => void)();
  const [end, ...numbers] = new Int32Array(memory.buffer, 0, 3000);
  const numBlocks = (end! - 4) / 4 / width;
  const blocks = Array.from({ length: numBlocks }, (_, k) => numbers.slice(width * k, width * (k + 1)));
  return { blocks, after: numbers.slice(width * numBlocks, width * numBlocks + 2) };
}

it("goes through blocks and what remains, and comes back", () => {
  const { blocks, after } = blocksOf([
    { size: 2, step: 1, strides: [100, 10] },
    { size: 7, step: 3, strides: [4, -1] },
  ]);
  expect(blocks).toEqual([
    [1000, 2000, 1, 3],
    [1012, 1997, 1, 3],
    [1024, 1994, 1, 1],
    [1100, 2010, 1, 3],
    [1112, 2007, 1, 3],
    [1124, 2004, 1, 1],
  ]);
  expect(after).toEqual([1000, 2000]);
});

it("writes a single block, whole or not, without a loop", () => {
  expect(blocksOf([{ size: 3, step: 3, strides: [4, 4] }]).blocks).toEqual([[1000, 2000, 3]]);
  expect(blocksOf([{ size: 2, step: 3, strides: [4, 4] }]).blocks).toEqual([[1000, 2000, 2]]);
  expect(blocksOf([{ size: 6, step: 3, strides: [4, 0] }])).toEqual({
    blocks: [
      [1000, 2000, 3],
      [1012, 2000, 3],
    ],
    after: [1000, 2000],
  });
});
