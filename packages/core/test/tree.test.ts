import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray } from "../src/array.js";
import { ShapeError } from "../src/errors.js";
import { isValue, leafAt, leaves, mapLeaves, paths, rebuild, rebuildWith, type Tree, zipLeaves } from "../src/tree.js";
import type { Value } from "../src/value.js";

const backend = cpu();
const [a, b, c] = [ndarray(backend, 1), ndarray(backend, [2, 3]), ndarray(backend, [[4]])];
const tree = { conv: { theta: b, bias: a }, list: [c, { deep: a }] };

describe("trees", () => {
  test("leaves and their paths come in the order of keys and entries", () => {
    expect(leaves(tree)).toEqual([b, a, c, a]);
    expect(paths(tree)).toEqual([".conv.theta", ".conv.bias", ".list[0]", ".list[1].deep"]);
    expect(paths(a)).toEqual([""]);
    expect(leaves([])).toEqual([]);
    expect(leaves({})).toEqual([]);
  });

  test("rebuild puts other leaves into the same form", () => {
    const other = rebuild(tree, [a, b, a, c]);
    expect(other).toEqual({ conv: { theta: a, bias: b }, list: [a, { deep: c }] });
    expect(rebuild(tree, leaves(tree))).toEqual(tree);
    expect(rebuildWith([a, b], [{ x: a }, [b, c]])).toEqual([{ x: a }, [b, c]]);
  });

  test("mapLeaves sees each path once", () => {
    const seen: string[] = [];
    const same = mapLeaves(tree, (leaf, path) => {
      seen.push(path);
      return leaf;
    });
    expect(same).toEqual(tree);
    expect(seen).toEqual(paths(tree));
  });

  test("isValue tells leaves from branches", () => {
    expect(isValue(a)).toBe(true);
    expect(isValue({ theta: a })).toBe(false);
    expect(isValue([a])).toBe(false);
    expect(isValue(null)).toBe(false);
    expect(isValue(3)).toBe(false);
  });

  test("a leaf that is not a value is refused by its path", () => {
    const wrong = (x: unknown) => () => leaves(x as Tree);
    expect(wrong({ conv: [a, 3] })).toThrow("tree: at .conv[1] stands number 3; leaves must be arrays made by ndarray(backend, …)");
    expect(wrong(undefined)).toThrow("tree: at the root stands undefined undefined");
    expect(wrong([null])).toThrow("tree: at [0] stands object null");
    expect(wrong({ w: Float64Array.of(1) })).toThrow("tree: at .w stands an object of class Float64Array");
    expect(wrong(new Set([a]))).toThrow(
      "tree: at the root stands an object of class Set; leaves must be arrays made by ndarray(backend, …), and branches plain objects",
    );
    expect(wrong({ net: new (class Model {})() })).toThrow("tree: at .net stands an object of class Model");
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    expect(wrong(endless)).toThrow("a tree must not contain itself");
    expect(wrong(3)).toThrow(TypeError);
  });

  test("plain objects with the keys of a value are branches, and objects without a prototype are plain", () => {
    expect(leaves({ array: a, backend: b, shape: c })).toEqual([a, b, c]);
    expect(leaves(Object.assign(Object.create(null) as { w?: Value }, { w: a }) as Tree)).toEqual([a]);
  });

  test("leafAt finds a leaf by its path, and names the paths there are", () => {
    expect(leafAt({ conv: { theta: a }, list: [b, c] }, ".list[1]")).toBe(c);
    expect(leafAt(a, "")).toBe(a);
    expect(() => leafAt({ conv: { theta: a }, bias: b }, ".theta")).toThrow("leafAt: no leaf at .theta; there are .conv.theta, .bias");
  });
});

describe("zipLeaves", () => {
  test("pairs leaves", () => {
    expect(zipLeaves("op", [a, b], [a, b])).toEqual([
      [a, a],
      [b, b],
    ]);
  });

  test("keys belong together by name, in whatever order", () => {
    expect(zipLeaves("op", { x: a, y: b }, { y: b, x: a })).toEqual([
      [a, a],
      [b, b],
    ]);
  });

  test("names the first place where the forms differ", () => {
    expect(() => zipLeaves("jvp", { w: a, b }, { w: a })).toThrow(
      new ShapeError("jvp: the trees differ: one has 2 leaves, the other 1; only the first has a leaf at .b"),
    );
    expect(() => zipLeaves("jvp", [a], [a, b])).toThrow(
      "jvp: the trees differ: one has 1 leaves, the other 2; only the second has a leaf at [1]",
    );
    expect(() => zipLeaves("jvp", { w: a }, { v: a })).toThrow("only the first has a leaf at .w");
  });

  test("names the leaf whose shapes differ", () => {
    expect(() => zipLeaves("jvp", { w: b }, { w: c })).toThrow("jvp: at .w one tree has shape [2], the other [1, 1]; they must agree");
    expect(() => zipLeaves("jvp", b, c)).toThrow("jvp: at the root one tree has shape [2]");
  });
});
