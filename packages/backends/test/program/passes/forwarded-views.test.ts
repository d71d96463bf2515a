import { expect, test } from "vitest";
import { input } from "../../../src/expr.js";
import { withoutDeadCode } from "../../../src/program/passes/dead-code.js";
import { withForwardedViews } from "../../../src/program/passes/forwarded-views.js";
import { withJoinedPlaces } from "../../../src/program/passes/joined-places.js";
import { evaluated, kindsOf, recorded } from "../recorded.js";

const view = (buffer: { readonly length: number }, strides: readonly number[], offset = 0) => ({ buffer, offset, strides });
const numbers = (length: number) => Array.from({ length }, (_, i) => i + 1);

test("a product views what was transposed for it, and a copy of everything is the original", () => {
  const graph = recorded([6, 6], (backend, [a, b]) => {
    const turned = backend.map(input(0), [3, 2], [view(a!, [1, 3])]);
    const copy = backend.map(input(0), [6], [view(b!, [1])]);
    const product = backend.contract({ batch: [], m: 3, n: 3, k: 2 }, view(turned, [2, 1]), view(copy, [3, 1]));
    return [product, backend.scan(1, 6, 1, false, copy)];
  });
  const seen = withoutDeadCode(withForwardedViews(graph));
  expect(kindsOf(seen)).toEqual(["contract", "scan"]);
  expect(evaluated(seen, [numbers(6), numbers(6)])).toEqual(evaluated(graph, [numbers(6), numbers(6)]));
});

test("a place that only turns entries is a copy", () => {
  const graph = recorded([6], (backend, [a]) => [
    backend.place([3, 2], [{ source: view(a!, [3, 1]), shape: [2, 3], offset: 0, strides: [1, 2] }]),
  ]);
  const turned = withForwardedViews(graph);
  expect(kindsOf(turned)).toEqual(["map"]);
  expect(evaluated(turned, [numbers(6)])).toEqual([[1, 4, 2, 5, 3, 6]]);
});

test("padding axis by axis is one place", () => {
  const graph = recorded([4], (backend, [a]) => {
    const rows = backend.place([4, 2], [{ source: view(a!, [2, 1]), shape: [2, 2], offset: 2, strides: [2, 1] }]);
    return [backend.place([4, 5], [{ source: view(rows, [2, 1]), shape: [4, 2], offset: 1, strides: [5, 1] }])];
  });
  const joined = withoutDeadCode(withJoinedPlaces(graph));
  expect(kindsOf(joined)).toEqual(["place"]);
  expect(evaluated(joined, [[1, 2, 3, 4]])).toEqual([[0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0, 0]]);
});
