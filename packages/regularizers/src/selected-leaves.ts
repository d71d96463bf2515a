import { leaves, paths, type Tree, type Value } from "@paramat/core";

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
