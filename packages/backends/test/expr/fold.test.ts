import { expect, test } from "vitest";
import { fold } from "../../src/expr/fold.js";
import { call, type Expr, input } from "../../src/expr.js";
import { sharedTower } from "./random-expr.js";

test("visits each node object once, arguments first and left to right", () => {
  const x = input(0);
  const y = input(1);
  const product = call("mul", x, y);
  const difference = call("sub", product, y);
  const f = call("add", product, difference);
  const visited: Expr[] = [];
  fold(f, (node) => visited.push(node));
  expect(visited).toEqual([x, y, product, difference, f]);
});

test("a shared tower of 2^200 paths takes 601 visits, a chain of 200000 nodes does not overflow the stack", () => {
  let visits = 0;
  fold(sharedTower(200), () => visits++);
  expect(visits).toBe(200 * 3 + 1);
  let chain = input(0);
  for (let i = 0; i < 200_000; i++) chain = call("neg", chain);
  expect(fold<number>(chain, (_, args) => 1 + (args[0] ?? 0))).toBe(200_001);
});
