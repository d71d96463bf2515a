/** Groups of positions (two at least) whose numbers follow each other, in the order given, at distances of at most `tolerance`. */
export function coinciding(re: ArrayLike<number>, im: ArrayLike<number> | null, tolerance: number): number[][] {
  const n = re.length;
  const groupOf = Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => (groupOf[i] === i ? i : root(groupOf[i] as number));
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const apart = Math.hypot((re[i] as number) - (re[j] as number), im ? (im[i] as number) - (im[j] as number) : 0);
      if (apart <= tolerance) groupOf[root(j)] = root(i);
    }
  }
  const groups = new Map<number, number[]>();
  for (let i = 0; i < n; i++) groups.set(root(i), [...(groups.get(root(i)) ?? []), i]);
  return [...groups.values()].filter((group) => group.length > 1);
}
