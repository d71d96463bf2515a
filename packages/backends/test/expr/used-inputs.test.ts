import { expect, test } from "vitest";
import { usedInputs } from "../../src/expr/used-inputs.js";
import { call, constant, input } from "../../src/expr.js";

test("inputs are numbered anew, in their order, and those that are not read are left out", () => {
  expect(usedInputs(call("sub", input(5), call("mul", input(2), input(5))))).toEqual({
    formula: call("sub", input(1), call("mul", input(0), input(1))),
    used: [2, 5],
  });
  expect(usedInputs(constant(3))).toEqual({ formula: constant(3), used: [] });
});

test("a formula that reads all of its inputs is given back as it is, so that what is known of the object stays known", () => {
  const f = call("add", input(1), input(0));
  expect(usedInputs(f).formula).toBe(f);
});
