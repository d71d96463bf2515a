import { DataError, isValue, type Tree, type Value } from "@paramat/core";

/** The form of a tree as JSON: a leaf is its number among the arrays, a list its entries, an object its keys and entries in order. */
export type TreeLayout = number | { readonly list: readonly TreeLayout[] } | { readonly keys: readonly (readonly [string, TreeLayout])[] };

/** The form of `tree`; `take` numbers the leaves. */
export function layoutOf(tree: Tree, path: string, take: (leaf: Value, path: string) => number): TreeLayout {
  if (isValue(tree)) return take(tree, path);
  if (Array.isArray(tree)) return { list: tree.map((child: Tree, i) => layoutOf(child, `${path}[${i}]`, take)) };
  return {
    keys: Object.entries(tree as { readonly [key: string]: Tree }).map(([key, child]) => [key, layoutOf(child, `${path}.${key}`, take)]),
  };
}

/** The tree of a form, with the arrays by number. @throws DataError if the form names an array that is not there */
export function treeOf(layout: TreeLayout, arrays: readonly Value[]): Tree {
  if (typeof layout === "number") {
    const array = arrays[layout];
    if (array === undefined)
      throw new DataError(`checkpoint: array ${layout} is named and there are ${arrays.length}; the file was written by a faulty program`);
    return array;
  }
  if ("list" in layout) return layout.list.map((child) => treeOf(child, arrays));
  return Object.fromEntries(layout.keys.map(([key, child]) => [key, treeOf(child, arrays)]));
}
