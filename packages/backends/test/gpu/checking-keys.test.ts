import { expect, test } from "vitest";
import { createEngine } from "../../src/gpu/engine.js";
import type { Launch } from "../../src/gpu/launch.js";
import { checkingKeys } from "./checking-keys.js";
import { reckonedDriver } from "./reckoned-driver.js";

function launches(): { readonly run: (changed?: Partial<Launch>) => number; readonly engine: ReturnType<typeof createEngine> } {
  const engine = createEngine(reckonedDriver());
  const device = checkingKeys(engine.device);
  const table = Float32Array.of(5, 7);
  const launch: Launch = {
    key: "planted",
    operands: [engine.upload([1, 2])],
    tables: { added: table },
    length: 2,
    body: () => "return a0[i] + added[i];",
  };
  return { engine, run: (changed = {}) => engine.readSync!(device.run({ ...launch, ...changed }))[1]! };
}

test("the same launch again, other numbers and lengths, and other keys are fine", () => {
  const { run, engine } = launches();
  expect([run(), run()]).toEqual([9, 9]);
  expect(run({ operands: [engine.upload([3, 4, 5])] })).toBe(11);
  expect(run({ tables: { added: Float32Array.of(0, 1) } })).toBe(3);
  expect(run({ key: "another", body: () => "return 2.5;" })).toBe(2.5);
});

test.each<[string, Partial<Launch>]>([
  ["code", { body: () => "return a0[i] - added[i];" }],
  ["a table's length", { tables: { added: new Float32Array(3) } }],
  ["a table's name", { tables: { others: Float32Array.of(5, 7) } }],
  ["the number of operands", { operands: [] }],
  ["positions for numbers", { isIndex: true }],
])("a key that leaves out %s is caught", (_, changed) => {
  const { run } = launches();
  run();
  expect(() => run(changed)).toThrow(/^"planted" is the key of two kernels:/);
});
