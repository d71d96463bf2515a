import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { atan2, BackendError, clip, div, maximum, ndarray, pow, ShapeError, sub, where } from "../../src/index.js";

const backend = cpu("float64");
const two = ndarray(backend, [1, 2]);
const three = ndarray(backend, [1, 2, 3]);

test.each([
  ["sub", () => sub(two, three)],
  ["div", () => div(two, three)],
  ["pow", () => pow(two, three)],
  ["atan2", () => atan2(two, three)],
  ["maximum", () => maximum(two, three)],
])("%s refuses shapes that do not broadcast", (name, run) => {
  expect(run).toThrow(
    new ShapeError(`${name}: shapes [2] and [3] do not broadcast: sizes 2 and 3 meet at axis -1; they must be equal, or one of them 1`),
  );
});

test("where and clip name all three shapes", () => {
  const message = "shapes [2] and [3] and [] do not broadcast: sizes 2 and 3 meet at axis -1; they must be equal, or one of them 1";
  expect(() => where(two, three, 0)).toThrow(new ShapeError(`where: ${message}`));
  expect(() => clip(two, three, 9)).toThrow(new ShapeError(`clip: ${message}`));
});

test("clip refuses crossed bounds, and takes equal and one-sided ones", () => {
  expect(() => clip(two, 3, 1)).toThrow(new RangeError("clip: the bounds are crossed: lo is 3, hi is 1; lo must be ≤ hi"));
  expect(clip(three, 2, 2).toNested()).toEqual([2, 2, 2]);
  expect(clip(three, -Infinity, 2).toNested()).toEqual([1, 2, 2]);
});

test("numbers alone have no backend", () => {
  expect(() => sub(1, 2)).toThrow(BackendError);
  expect(() => where(1, 2, 3)).toThrow("where: no array among the arguments (1, 2, 3); at least one must be made by ndarray(backend, …)");
});
