import { expect, test } from "vitest";
import type { Shape } from "../../../src/backend.js";
import { numEntries, offsets, rowMajorStrides } from "../../../src/cpu/offsets.js";
import { call, input } from "../../../src/expr.js";
import { lowerMap } from "../../../src/wasm/lower-map.js";
import { testBuffer, testTarget } from "../run-launch.js";

const shapes: readonly Shape[] = [[9000], [300, 10], [301, 3], [64, 16], [50, 37], [7, 33, 18], [40, 40], [100, 31]];

test.each(shapes.map((shape) => [shape] as const))(
  "the result over %j may take the place of a contiguous operand, in any order of parts",
  (shape) => {
    const length = numEntries(shape);
    const strides = rowMajorStrides(shape);
    const along = (axis: number): number[] => strides.map((_, a) => (a === axis ? 1 : 0));
    const turned = [...rowMajorStrides([...shape].reverse())].reverse();
    for (const other of [along(0), along(shape.length - 1), turned]) {
      const f = call("add", call("mul", 2, input(0)), input(1));
      const views = [strides, other].map((s) => ({ buffer: testBuffer([]), offset: 0, strides: s }));
      const { module, phases } = lowerMap(testTarget("float32"), f, shape, views).make();
      const memory = new WebAssembly.Memory({ initial: 40, maximum: 65536 });
      const [x, y] = [new Float32Array(memory.buffer, 2 ** 16, length + 16), new Float32Array(memory.buffer, 2 ** 20, length)];
      x.forEach((_, i) => (x[i] = i % 97));
      y.forEach((_, i) => (y[i] = 3 * (i % 89)));
      const want = Array.from(offsets(shape, other), (at, i) => 2 * x[i]! + y[at]!).concat([...x.slice(length)]);
      const binary = module.encode({ initial: 1, maximum: 65536, shared: false });
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), {
        env: { memory },
        math: Math as unknown as WebAssembly.ModuleImports,
      });
      const { units } = phases[0]!;
      for (const part of [2, 0, 1]) {
        const [from, to] = [Math.floor((part * units) / 3), Math.floor(((part + 1) * units) / 3)];
        (exports["map"] as (...args: number[]) => void)(2 ** 16, 2 ** 20, 2 ** 16, 0, 0, 0, from, to);
      }
      expect([...x]).toEqual(want);
    }
  },
);
