import { EXACT, tooFar } from "../engine.js";

/** Lists one after another: list l has the entries starts[l] … starts[l + 1] − 1. */
export interface Lists {
  readonly count: number;
  readonly starts: Float32Array;
  /** Entries of the longest. */
  readonly longest: number;
}

/** Lists of the entries 0, 1, …, each in the list that `listOf` says, and the order in which they stand in them: as they come. Entries of list −1 are in none. */
export function listsOf(listOf: Int32Array, count: number): { readonly lists: Lists; readonly order: Float32Array } {
  if (listOf.length > EXACT) throw tooFar(listOf.length);
  const sizes = new Int32Array(count);
  for (const list of listOf) if (list >= 0) sizes[list]!++;
  const lists = listsOfSizes(sizes);
  const next = Int32Array.from(lists.starts);
  const order = new Float32Array(lists.starts[count]!);
  listOf.forEach((list, entry) => {
    if (list >= 0) order[next[list]!++] = entry;
  });
  return { lists, order };
}

/** Lists cut into pieces of `most` entries at most: where the pieces begin, and which pieces make up each list. */
export function pieces({ count, starts }: Lists, most: number): { readonly pieces: Lists; readonly lists: Lists } {
  const numbers = new Int32Array(count);
  const bounds: number[] = [];
  for (let l = 0; l < count; l++) {
    for (let start = starts[l]!; start < starts[l + 1]!; start += most) {
      bounds.push(start);
      numbers[l]!++;
    }
  }
  bounds.push(starts[count]!);
  const longest = Math.min(most, starts[count]!);
  return { pieces: { count: bounds.length - 1, starts: Float32Array.from(bounds), longest }, lists: listsOfSizes(numbers) };
}

function listsOfSizes(sizes: Int32Array): Lists {
  const starts = new Float32Array(sizes.length + 1);
  let [start, longest] = [0, 0];
  sizes.forEach((size, l) => {
    start += size;
    starts[l + 1] = start;
    longest = Math.max(longest, size);
  });
  return { count: sizes.length, starts, longest };
}
