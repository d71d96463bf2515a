import { expect, test } from "vitest";
import { cpu } from "../../../src/cpu.js";
import { call, input } from "../../../src/expr.js";
import { withCommonSubexpressions } from "../../../src/program/passes/common-subexpressions.js";
import { recorder } from "../../../src/program/recorder.js";
import { evaluated, kindsOf, recorded } from "../recorded.js";

const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });

test("the same calls of the same become one, through any number of steps", () => {
  const graph = recorded([3], (backend, [x]) => {
    const square = () => backend.map(call("mul", input(0), input(0)), [3], [whole(x!)]);
    const total = () => backend.reduce("sum", [3], [0], square());
    return [total(), total(), backend.reduce("max", [3], [0], square())];
  });
  const once = withCommonSubexpressions(graph);
  expect(kindsOf(once)).toEqual(["map", "reduce", "reduce"]);
  expect(evaluated(once, [[1, 2, 4]])).toEqual([[21], [21], [16]]);
});

test("equal constants become one, 0 and −0 and positions apart; draws stay apart", () => {
  const recording = recorder(cpu());
  const { backend } = recording;
  const constants = [[0], [0], [-0], [Number.NaN], [Number.NaN]].map((values) => backend.upload(values));
  const index = backend.uploadIndex([0]);
  const picked = backend.gather({ outer: 1, size: 1, inner: 1, count: 1 }, constants[0]!, index);
  const draws = [1, 2].map(() => recording.draw(0, 2, () => {}));
  const { nodes } = withCommonSubexpressions(recording.finish([...constants, picked, ...draws]));
  expect(nodes.map(({ kind }) => kind)).toEqual(["constant", "constant", "constant", "constant", "call", "draw", "draw"]);
});
