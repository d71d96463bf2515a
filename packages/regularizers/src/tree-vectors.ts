import { leaves, ndarray, rebuild, type Tree } from "@paramat/core";

/** All numbers of a tree, leaf after leaf. */
export function flatten(tree: Tree): Float64Array {
  return Float64Array.from(leaves(tree).flatMap((leaf) => Array.from(leaf.toArray())));
}

/** The tree of the form of `like` with these numbers. */
export function unflatten<W extends Tree>(like: W, numbers: ArrayLike<number>): W {
  let start = 0;
  const arrays = leaves(like).map((leaf) => {
    const part = Float64Array.from({ length: leaf.size }, (_, i) => numbers[start + i] as number);
    start += leaf.size;
    return ndarray(leaf.backend, part, leaf.shape);
  });
  return rebuild(like, arrays);
}

export function inner(a: Float64Array, b: Float64Array): number {
  return a.reduce((total, x, i) => total + x * (b[i] as number), 0);
}

export function length(a: Float64Array): number {
  return Math.sqrt(inner(a, a));
}

/** a + t b. */
export function along(a: Float64Array, t: number, b: Float64Array): Float64Array {
  return a.map((x, i) => x + t * (b[i] as number));
}
