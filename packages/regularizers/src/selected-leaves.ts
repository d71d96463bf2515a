import { leaves, mapLeaves, paths, type Tree, type Value } from "@paramat/core";

export interface Selection {
  /** Which leaves count, by their path (`.classifier.weight`, `[0].theta`); all if left out. */
  readonly select?: (path: string) => boolean;
}

/** The leaves that a regularizer is to look at. @throws TypeError if there are none */
export function selectedLeaves(regularizer: string, params: Tree, { select = () => true }: Selection): readonly Value[] {
  const places = paths(params);
  const chosen = leaves(params).filter((_, i) => select(places[i] as string));
  if (chosen.length === 0) {
    throw new TypeError(
      `${regularizer}: no leaf is selected; the tree has ${places.length === 0 ? "none" : places.join(", ")}; select must accept at least one`,
    );
  }
  return chosen;
}

/**
 * f at the selected leaves; the others by `otherwise`.
 * @throws TypeError if no leaf is selected
 */
export function mapSelected<W extends Tree>(
  regularizer: string,
  params: W,
  selection: Selection,
  f: (leaf: Value, path: string) => Value,
  otherwise: (leaf: Value) => Value,
): W {
  selectedLeaves(regularizer, params, selection);
  const { select = () => true } = selection;
  return mapLeaves(params, (leaf, path) => (select(path) ? f(leaf, path) : otherwise(leaf)));
}
