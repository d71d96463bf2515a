/**
 * ‖x − reference‖/‖reference‖, the largest over the results; NaN where a number of one is NaN, or infinite, and the other's is not the same.
 * @throws RangeError if there are not as many results, or numbers in one
 */
export function largestDifference(results: readonly ArrayLike<number>[], references: readonly ArrayLike<number>[]): number {
  if (results.length !== references.length) throw new RangeError(`${results.length} results in place of ${references.length}`);
  return results.reduce((largest, x, i) => {
    const difference = relativeDifference(x, references[i]!);
    return Number.isNaN(difference) ? difference : Math.max(largest, difference);
  }, 0);
}

/** Roundings of float32 stay far below, wrong numbers far above: sums of 10³ to 10⁶ terms come out at 10⁻⁷ to 10⁻⁵. */
export const LARGEST_DIFFERENCE = 1e-4;

function relativeDifference(x: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (x.length !== reference.length) throw new RangeError(`a result has ${x.length} numbers in place of ${reference.length}`);
  let [apart, whole] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    if (Object.is(x[i], reference[i])) continue;
    apart += (x[i]! - reference[i]!) ** 2;
  }
  for (let i = 0; i < reference.length; i++) whole += reference[i]! ** 2;
  return apart === 0 ? 0 : Math.sqrt(apart / whole);
}
