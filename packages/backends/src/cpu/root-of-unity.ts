/** e^{−2πi k/n} as [re, im], to half a unit of rounding or so: the angle is reduced to an eighth of a turn in whole numbers. */
export function rootOfUnity(k: number, n: number): readonly [number, number] {
  const turn = ((k % n) + n) % n;
  // 8·turn/n = octant + the rest; both stay exact integers over n.
  const octant = Math.floor((8 * turn) / n);
  const rest = 8 * turn - octant * n;
  const isOdd = octant % 2 === 1;
  const angle = ((isOdd ? n - rest : rest) / n) * (Math.PI / 4);
  // In the second octant of a quarter the angle is counted from its end, where sine and cosine change places.
  const [x, y] = isOdd ? [Math.sin(angle), Math.cos(angle)] : [Math.cos(angle), Math.sin(angle)];
  switch (octant >> 1) {
    case 0:
      return [x, -y];
    case 1:
      return [-y, -x];
    case 2:
      return [-x, y];
    default:
      return [y, x];
  }
}
