import { expect, test } from "vitest";
import { call, input } from "../../src/expr.js";
import { createProgram, recorder } from "../../src/program.js";
import { wasm } from "../../src/wasm.js";

test("a program does not read a constant that a scope has freed", () => {
  const backend = wasm({ precision: "float64", maxMemory: 2 ** 21 });
  const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
  const product = () => {
    const recording = recorder(backend);
    const constant = backend.upload([1, 2, 3]);
    const x = recording.input(0, 3);
    const z = recording.backend.map(call("mul", input(0), input(1)), [3], [whole(x), whole(constant)]);
    const program = createProgram(recording.finish([z]), backend, { inputs: [3] });
    return [...backend.readSync(program.run([backend.upload([1, 1, 1])])[0]!)].join() === "1,2,3" && program;
  };
  const [kept, lost] = [product(), backend.scope(product)];
  if (!kept || !lost) throw new Error("the programs gave other numbers at once");
  const others = Array.from({ length: 4 }, () => backend.upload([7, 7, 7]));
  expect([...backend.readSync(kept.run(others.slice(0, 1))[0]!)]).toEqual([7, 14, 21]);
  expect(() => lost.run(others.slice(0, 1))).toThrow(
    "wasm: an array of 3 entries that a program took from outside of its function was freed",
  );
});
