import { rng } from "@paramat/core";
import { pickExamples, type Split } from "@paramat/data";

/** Training images of each class. */
const perClass = 20;

/** The first twenty of each class, in an order drawn from the seed. */
export function drawBalanced(split: Split, classes: number, seed: number): Split {
  const taken = new Array<number>(classes).fill(0);
  const places = rng(seed)
    .permutation(split.size)
    .filter((e) => taken[split.labels[e]!]!++ < perClass);
  return pickExamples(split, places);
}
