import { expect, test } from "vitest";
import { call, input } from "../../src/expr.js";
import { createProgram, type Program, recorder } from "../../src/program.js";
import { wasm } from "../../src/wasm.js";

test("a program does not read a constant that a scope has freed", () => {
  const backend = wasm({ precision: "float64", maxMemory: 2 ** 21 });
  const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
  const numbersOf = (program: Program, x: readonly number[]) => [...backend.readSync(program.run([backend.upload(x)])[0]!)];
  const product = () => {
    const recording = recorder(backend);
    const constant = backend.upload([1, 2, 3]);
    const x = recording.input(0, 3);
    const z = recording.backend.map(call("mul", input(0), input(1)), [3], [whole(x), whole(constant)]);
    return createProgram(recording.finish([z]), backend, { inputs: [3] });
  };
  const programs: Program[] = [];
  backend.scope(() => {
    const program = product();
    expect(numbersOf(program, [1, 1, 1])).toEqual([1, 2, 3]);
    programs.push(program);
  });
  expect(() => numbersOf(programs[0]!, [7, 7, 7])).toThrow(
    "wasm: an array of 3 entries that a program took from outside of its function was freed",
  );
  // A program that leaves the scope takes its constants along.
  expect(numbersOf(backend.scope(product), [7, 7, 7])).toEqual([7, 14, 21]);
});
