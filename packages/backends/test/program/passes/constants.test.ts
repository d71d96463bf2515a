import { expect, test } from "vitest";
import { cpu } from "../../../src/cpu.js";
import { print } from "../../../src/expr/print.js";
import { call, input } from "../../../src/expr.js";
import { withFoldedConstants } from "../../../src/program/passes/constant-folding.js";
import { withConstantsInFormulas } from "../../../src/program/passes/constants-in-formulas.js";
import { callsOf, evaluated, kindsOf, recorded } from "../recorded.js";

const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
const scalar = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [0] });
const sum = call("add", input(0), input(1));

test("calls of constants are run once", () => {
  const graph = recorded([3], (backend, [x]) => {
    const sums = backend.scan(1, 3, 1, false, backend.upload([1, 2, 3]));
    return [backend.map(sum, [3], [whole(x!), whole(sums)])];
  });
  const folded = withFoldedConstants(graph, cpu());
  expect(kindsOf(folded)).toEqual(["map"]);
  expect(evaluated(folded, [[0, 0, 0]])).toEqual([[1, 3, 6]]);
});

test("a long broadcast of a short constant is not kept", () => {
  const graph = recorded([], (backend) => [backend.map(input(0), [10_000], [scalar(backend.upload([7]))])]);
  expect(kindsOf(withFoldedConstants(graph, cpu()))).toEqual(["map"]);
});

test("numbers that are the same for every entry go into the formula, rounded as the backend rounds them", () => {
  const graph = recorded([3], (backend, [x]) => {
    const zeros = backend.map(input(0), [3], [scalar(backend.upload([0.1]))]);
    const product = backend.map(call("mul", input(0), input(1)), [3], [whole(x!), scalar(backend.upload([2]))]);
    return [backend.map(sum, [3], [whole(product), whole(zeros)]), backend.map(sum, [3], [whole(x!), whole(backend.upload([5, 5, 5]))])];
  });
  const formulas = (precision: "float32" | "float64") =>
    callsOf(withConstantsInFormulas(graph, precision)).map((c) => (c.kind === "map" ? print(c.f) : ""));
  expect(formulas("float64")).toEqual(["0.1", "x0 * 2", "x0 + 0.1", "x0 + 5"]);
  expect(formulas("float32")[2]).toBe(`x0 + ${Math.fround(0.1)}`);
  expect(evaluated(withConstantsInFormulas(graph, "float64"), [[1, 2, 3]])).toEqual([
    [2.1, 4.1, 6.1],
    [6, 7, 8],
  ]);
});
