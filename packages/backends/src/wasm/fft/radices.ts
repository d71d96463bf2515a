/** Prime factors up to this have a butterfly of their own; a length with a larger one goes through Bluestein's chirp. */
const LARGEST_PRIME = 31;

/** n as a product of butterflies, fours first: 60 → [4, 3, 5]; null where a prime factor is too large. Empty for n = 1. */
export function radicesOf(n: number): readonly number[] | null {
  const radices: number[] = [];
  let rest = n;
  for (const radix of [4, 2]) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  for (let p = 3; p <= LARGEST_PRIME && rest > 1; p += 2) {
    while (rest % p === 0) {
      radices.push(p);
      rest /= p;
    }
  }
  return rest === 1 ? radices : null;
}
