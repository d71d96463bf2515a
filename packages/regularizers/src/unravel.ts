import type { Shape } from "@paramat/core";

/** The multi-index of a row-major index. */
export function unravel(index: number, shape: Shape): readonly number[] {
  let rest = index;
  return shape
    .toReversed()
    .map((n) => {
      const i = rest % n;
      rest = (rest - i) / n;
      return i;
    })
    .reverse();
}
