import { expect, test } from "vitest";
import { listsOf, pieces } from "../../../src/gpu/lists/lists.js";

test("entries stand in their lists in their order; those of list −1 in none", () => {
  const { lists, order } = listsOf(Int32Array.of(2, 0, -1, 2, 0, 2), 4);
  expect([...lists.starts]).toEqual([0, 2, 2, 5, 5]);
  expect([...order]).toEqual([1, 4, 0, 3, 5]);
  expect([lists.count, lists.longest]).toEqual([4, 3]);
});

test("lists of 0, 5 and 2 entries in pieces of 2", () => {
  const { lists } = listsOf(Int32Array.of(1, 1, 1, 1, 1, 2, 2), 3);
  const cut = pieces(lists, 2);
  expect([...cut.pieces.starts]).toEqual([0, 2, 4, 5, 7]);
  expect([...cut.lists.starts]).toEqual([0, 0, 3, 4]);
  expect([cut.pieces.count, cut.pieces.longest, cut.lists.longest]).toEqual([4, 2, 3]);
});
