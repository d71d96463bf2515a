/** erf x = 2/√π Σ (−1)ᵏ x^{2k+1} / (k! (2k + 1)), as it stands: enough terms for |x| ≤ 3. */
export function erfSeries(x: number): number {
  let power = x;
  let total = x;
  for (let k = 1; k < 120; k++) {
    power *= (-x * x) / k;
    total += power / (2 * k + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
