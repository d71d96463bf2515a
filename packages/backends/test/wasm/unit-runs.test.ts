import * as fc from "fast-check";
import { expect, it } from "vitest";
import { advance, i32, sequence, set, wasmModule } from "../../src/wasm/encoder/index.js";
import { unitRuns } from "../../src/wasm/unit-runs.js";

/** The runs (row, first, end) that the code goes through. */
function runsOf(from: number, to: number, length: number): number[][] {
  const module = wasmModule();
  module.entry("runs", 2, ([low, high], scope) => {
    const at = scope.local("i32");
    const record = (row: Parameters<Parameters<typeof unitRuns>[4]>[0], place: number) => i32.store(at, row, 4 * place);
    return sequence(
      set(at, 4),
      unitRuns(scope, low!, high!, length, (row, first, end) =>
        sequence(record(row, 0), record(first, 1), record(end, 2), advance(at, 12), i32.store(0, at)),
      ),
    );
  });
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  const binary = module.encode({ initial: 1, maximum: 65536, shared: false });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  (exports["runs"] as (from: number, to: number) => void)(from, to);
  const [end, ...numbers] = new Int32Array(memory.buffer, 0, 3000);
  return Array.from({ length: Math.max(0, end! - 4) / 12 }, (_, r) => numbers.slice(3 * r, 3 * r + 3));
}

it("cuts units into runs of rows", () => {
  expect(runsOf(3, 12, 5)).toEqual([
    [0, 3, 5],
    [1, 0, 5],
    [2, 0, 2],
  ]);
  expect(runsOf(6, 8, 5)).toEqual([[1, 1, 3]]);
  expect(runsOf(4, 4, 5)).toEqual([]);
});

it("goes through every unit once, in order", () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 9 }), (a, b, length) => {
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const units = runsOf(from, to, length).flatMap(([row, first, end]) =>
        Array.from({ length: end! - first! }, (_, i) => row! * length + first! + i),
      );
      expect(units).toEqual(Array.from({ length: to - from }, (_, i) => from + i));
    }),
    { numRuns: 30 },
  );
});
