/**
 * Eigenvalues of a real matrix, found to rounding, made exactly real or exactly conjugate pairs, in place. Going down by |Im λ|, each is paired with the
 * one nearest to its conjugate; one whose own value is nearer than any partner is real.
 */
export function pairConjugates(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  const done = new Array<boolean>(n).fill(false);
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => Math.abs(im[j]!) - Math.abs(im[i]!));
  for (const i of order) {
    if (done[i]) continue;
    done[i] = true;
    let partner = -1;
    let distance = 2 * Math.abs(im[i]!);
    for (let j = 0; j < n; j++) {
      const apart = Math.hypot(re[j]! - re[i]!, im[j]! + im[i]!);
      if (!done[j] && apart < distance && im[j]! * im[i]! <= 0) {
        partner = j;
        distance = apart;
      }
    }
    if (partner < 0) {
      im[i] = 0;
      continue;
    }
    done[partner] = true;
    re[i] = (re[i]! + re[partner]!) / 2;
    re[partner] = re[i]!;
    im[i] = (im[i]! - im[partner]!) / 2;
    im[partner] = -im[i]!;
  }
}
