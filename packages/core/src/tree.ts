import { ShapeError } from "./errors.js";
import { sameShape, showShape } from "./shape.js";
import { type Value, valueBrand } from "./value.js";

/**
 * Plain objects and arrays, nested to any depth, whose leaves are values: a network's parameters, say.
 * @remarks Declare the type of your parameters by `type P = { … }`: TypeScript gives an `interface` no index signature, and does not take it for a tree.
 */
export type Tree = Value | readonly Tree[] | { readonly [key: string]: Tree };

/** Whether x is an array, watched or not; a branch of a tree is a plain object or an array of JavaScript's. */
export function isValue(x: unknown): x is Value {
  return typeof x === "object" && x !== null && valueBrand in x;
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

/**
 * The leaf at a path as `paths` gives it: `leafAt(params, ".conv1.theta")`.
 * @throws ShapeError naming the paths there are, if there is no such leaf
 */
export function leafAt(tree: Tree, path: string): Value {
  const all = paths(tree);
  const at = all.indexOf(path);
  if (at < 0)
    throw new ShapeError(`leafAt: no leaf at ${path || "the root"}; there are ${all.map((p) => p || "the root").join(", ") || "none"}`);
  return leaves(tree)[at] as Value;
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
  const leavesB = leaves(b);
  // Leaves belong together by their paths; the order in which an object lists its keys says nothing.
  const others = new Map(paths(b).map((path, i) => [path, leavesB[i] as Value]));
  const missing = pathsA.find((path) => !others.has(path));
  const extra = [...others.keys()].find((path) => !pathsA.includes(path));
  if (missing !== undefined || extra !== undefined) {
    const lack =
      missing === undefined
        ? `only the second has a leaf at ${extra || "the root"}`
        : `only the first has a leaf at ${missing || "the root"}`;
    throw new ShapeError(`${op}: the trees differ: one has ${pathsA.length} leaves, the other ${others.size}; ${lack}`);
  }
  return leaves(a).map((leaf, i) => {
    const other = others.get(pathsA[i] as string) as Value;
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
  const prototype: unknown = typeof node === "object" && node !== null ? Object.getPrototypeOf(node) : undefined;
  if (prototype !== null && (prototype === undefined || Object.getPrototypeOf(prototype) !== null)) {
    throw new TypeError(
      `tree: at ${path || "the root"} stands ${describe(node)}; leaves must be arrays made by ndarray(backend, …), and branches plain objects or arrays`,
    );
  }
  if (path.length > 10_000)
    throw new TypeError(`tree: a path starts ${path.slice(0, 60)}… and does not end; a tree must not contain itself`);
  return Object.entries(node) as [string, Tree][];
}

function describe(x: unknown): string {
  return typeof x === "object" && x !== null ? `an object of class ${x.constructor.name}` : `${typeof x} ${String(x)}`;
}
