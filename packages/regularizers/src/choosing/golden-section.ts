/**
 * Where f is least between a and b, by golden section, to 1e-8 of their distance, which is as near as values of f in double precision tell; f is taken to
 * fall and then rise. Kiefer 1953.
 */
export function goldenSection(f: (t: number) => number, a: number, b: number): number {
  const share = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [a, b];
  let [left, right] = [high - share * (high - low), low + share * (high - low)];
  let [atLeft, atRight] = [f(left), f(right)];
  while (high - low > 1e-8 * (b - a) && left < right) {
    if (atLeft <= atRight) {
      [high, right, atRight] = [right, left, atLeft];
      left = high - share * (high - low);
      atLeft = f(left);
    } else {
      [low, left, atLeft] = [left, right, atRight];
      right = low + share * (high - low);
      atRight = f(right);
    }
  }
  return atLeft <= atRight ? left : right;
}
