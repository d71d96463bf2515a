import { ShapeError } from "./errors.js";
import { sameShape, showShape } from "./shape.js";
import type { Value } from "./value.js";

/** Plain objects and arrays, nested to any depth, whose leaves are values: a network's parameters, say. */
export type Tree = Value | readonly Tree[] | { readonly [key: string]: Tree };

/** A value has `shape` and `backend`; a branch of a tree is a plain object or an array. */
export function isValue(x: unknown): x is Value {
  return typeof x === "object" && x !== null && "array" in x && "backend" in x && "shape" in x;
}

/** The leaves, in the order of keys and entries. @throws TypeError if a leaf is not a value, naming its path */
export function leaves(tree: Tree): Value[] {
  const found: Value[] = [];
  visit(tree, "", (leaf) => found.push(leaf));
  return found;
}

/** Where each leaf is, in the order of `leaves`: `.conv.theta`, `[0].bias`; the tree that is one leaf has the path "". */
export function paths(tree: Tree): string[] {
  const found: string[] = [];
  visit(tree, "", (_, path) => found.push(path));
  return found;
}

/** The tree of the same form as `tree` with other leaves. */
export function rebuild<T extends Tree>(tree: T, replacements: readonly Value[]): T {
  return rebuildWith(tree, replacements) as T;
}

/** The tree in which other trees stand in place of the leaves. */
export function rebuildWith(tree: Tree, replacements: readonly Tree[]): Tree {
  let next = 0;
  return walk(tree, "", () => replacements[next++] as Tree);
}

/** Every leaf x replaced by f(x, path). */
export function mapLeaves<T extends Tree>(tree: T, f: (leaf: Value, path: string) => Value): T {
  return walk(tree, "", f) as T;
}

/**
 * Leaves of two trees side by side.
 * @throws ShapeError naming the path where the trees, or the shapes of their leaves, differ
 */
export function zipLeaves(op: string, a: Tree, b: Tree): [Value, Value][] {
  const pathsA = paths(a);
  const pathsB = paths(b);
  const odd = pathsA.findIndex((path, i) => path !== pathsB[i]);
  if (odd >= 0 || pathsA.length !== pathsB.length) {
    const at = odd >= 0 ? odd : pathsA.length;
    throw new ShapeError(
      `${op}: the trees differ: one has ${pathsA.length} leaves, the other ${pathsB.length}; first at ${pathsA[at] ?? "(none)"} against ${pathsB[at] ?? "(none)"}`,
    );
  }
  const leavesB = leaves(b);
  return leaves(a).map((leaf, i) => {
    const other = leavesB[i] as Value;
    if (!sameShape(leaf.shape, other.shape)) {
      throw new ShapeError(
        `${op}: at ${pathsA[i] || "the root"} one tree has shape ${showShape(leaf.shape)}, the other ${showShape(other.shape)}; they must agree`,
      );
    }
    return [leaf, other];
  });
}

function walk(node: Tree, path: string, f: (leaf: Value, path: string) => Tree): Tree {
  if (isValue(node)) return f(node, path);
  if (Array.isArray(node)) return node.map((child: Tree, i) => walk(child, `${path}[${i}]`, f));
  return Object.fromEntries(branches(node, path).map(([key, child]) => [key, walk(child, `${path}.${key}`, f)]));
}

function visit(node: Tree, path: string, f: (leaf: Value, path: string) => void): void {
  if (isValue(node)) f(node, path);
  else if (Array.isArray(node)) node.forEach((child: Tree, i) => visit(child, `${path}[${i}]`, f));
  else for (const [key, child] of branches(node, path)) visit(child, `${path}.${key}`, f);
}

function branches(node: Tree, path: string): [string, Tree][] {
  if (typeof node !== "object" || node === null || ArrayBuffer.isView(node)) {
    throw new TypeError(`tree: at ${path || "the root"} stands ${describe(node)}; leaves must be arrays made by ndarray(backend, …)`);
  }
  return Object.entries(node) as [string, Tree][];
}

function describe(x: unknown): string {
  return typeof x === "object" && x !== null ? x.constructor.name : `${typeof x} ${String(x)}`;
}
