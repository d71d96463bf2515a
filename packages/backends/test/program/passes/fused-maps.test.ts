import { expect, test } from "vitest";
import { print } from "../../../src/expr/print.js";
import { call, type Expr, input } from "../../../src/expr.js";
import type { Graph } from "../../../src/program/graph.js";
import { withoutDeadCode } from "../../../src/program/passes/dead-code.js";
import { withFusedMaps } from "../../../src/program/passes/fused-maps.js";
import { callsOf, evaluated, recorded } from "../recorded.js";

const view = (buffer: { readonly length: number }, strides: readonly number[], offset = 0) => ({ buffer, offset, strides });
const [x, y] = [input(0), input(1)];
const fuse = (graph: Graph, reductions = false) => withoutDeadCode(withFusedMaps(graph, { reductions }));
const formulas = (graph: Graph) => callsOf(graph).map((c) => ("f" in c ? print(c.f) : c.kind));
const numbers = (length: number) => Array.from({ length }, (_, i) => i + 1);

test("a chain becomes one formula, through broadcasts, transposes and reshapes", () => {
  const graph = recorded([6, 3], (backend, [a, b]) => {
    const biased = backend.map(call("add", x, y), [2, 3], [view(a!, [3, 1]), view(b!, [0, 1])]);
    const turned = backend.map(x, [3, 2], [view(biased, [1, 3])]);
    const flat = backend.map(call("exp", x), [6], [view(turned, [1])]);
    return [backend.map(call("mul", x, y), [6], [view(flat, [1]), view(flat, [-1], 5)])];
  });
  const fused = fuse(graph);
  // exp is read twice, so it stays a kernel of its own.
  expect(formulas(fused)).toEqual(["exp(x0 + x1)", "x0 * x1"]);
  const inputs = [numbers(6), [0.1, 0.2, 0.3]];
  evaluated(graph, inputs)[0]!.forEach((want, i) => expect(evaluated(fused, inputs)[0]![i]).toBeCloseTo(want, 12));
});

test("a result stays, and so does what other kernels read", () => {
  const graph = recorded([4], (backend, [a]) => {
    const shown = backend.map(call("neg", x), [4], [view(a!, [1])]);
    const scanned = backend.map(call("abs", x), [4], [view(a!, [1])]);
    return [shown, backend.map(call("add", x, y), [4], [view(shown, [1]), view(scanned, [1])]), backend.scan(1, 4, 1, false, scanned)];
  });
  expect(formulas(fuse(graph))).toEqual(["-x0", "abs(x0)", "x0 + x1", "scan"]);
});

test("cheap work is done by each of its readers, dear work once, and no work for each entry of a broadcast", () => {
  const twice = (f: Expr) =>
    recorded([4], (backend, [a]) => {
      const shared = backend.map(f, [4], [view(a!, [1])]);
      return [backend.map(call("sin", x), [4], [view(shared, [1])]), backend.map(call("cos", x), [4], [view(shared, [1])])];
    });
  expect(formulas(fuse(twice(call("add", x, 1))))).toEqual(["sin(x0 + 1)", "cos(x0 + 1)"]);
  expect(formulas(fuse(twice(call("exp", x))))).toEqual(["exp(x0)", "sin(x0)", "cos(x0)"]);
  const broadcast = recorded([4, 1], (backend, [a, s]) => {
    const rate = backend.map(call("exp", x), [1], [view(s!, [1])]);
    return [backend.map(call("mul", x, y), [4], [view(a!, [1]), view(rate, [0])])];
  });
  expect(formulas(fuse(broadcast))).toEqual(["exp(x0)", "x0 * x1"]);
});

test("a number that was rounded when it was written does not meet itself unrounded in a comparison", () => {
  const graph = recorded([4], (backend, [a]) => {
    const shared = backend.map(call("mul", x, 0.1), [4], [view(a!, [1])]);
    const most = backend.reduce("max", [4], [0], shared);
    return [backend.map(call("eq", x, y), [4], [view(shared, [1]), view(most, [0])])];
  });
  expect(formulas(fuse(graph, true))).toEqual(["x0 * 0.1", "reduce", "x0 == x1"]);
});

test("formulas do not grow without bound", () => {
  const graph = recorded([4], (backend, [a]) => {
    let z = a!;
    for (let i = 0; i < 100; i++) z = backend.map(call("sin", call("mul", x, i + 2)), [4], [view(z, [1])]);
    return [z];
  });
  const calls = callsOf(fuse(graph));
  expect(calls.length).toBeGreaterThan(3);
  expect(calls.length).toBeLessThan(12);
});
