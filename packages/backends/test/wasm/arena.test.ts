import { expect, test } from "vitest";
import { call, input } from "../../src/expr.js";
import { createProgram, type Program, recorder } from "../../src/program.js";
import { wasm } from "../../src/wasm.js";

test("a program keeps its constants, whatever scope they were made in", () => {
  const backend = wasm({ precision: "float64", maxMemory: 2 ** 21 });
  const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
  const programs: Program[] = [];
  backend.scope(() => {
    const recording = recorder(backend);
    const constant = backend.upload([1, 2, 3]);
    const x = recording.input(0, 3);
    const z = recording.backend.map(call("mul", input(0), input(1)), [3], [whole(x), whole(constant)]);
    programs.push(createProgram(recording.finish([z]), backend, { inputs: [3] }));
  });
  // If the constant were freed, one of these would lie in its place.
  const others = Array.from({ length: 4 }, () => backend.upload([7, 7, 7]));
  expect([...backend.readSync(programs[0]!.run([others[0]!])[0]!)]).toEqual([7, 14, 21]);
});
