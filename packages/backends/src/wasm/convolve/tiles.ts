/** `count` tiles of `rows` rows each, the first at row `first`. */
export interface TileRun {
  readonly rows: number;
  readonly count: number;
  readonly first: number;
}

/** `size` rows in as few tiles of at most `most` as can be, all of nearly the same height: a last tile of one row would run at a fraction of the speed. */
export function tileRuns(size: number, most: number): readonly TileRun[] {
  const tiles = Math.ceil(size / most);
  const low = Math.floor(size / tiles);
  const highs = size - tiles * low;
  const runs = [
    { rows: low + 1, count: highs, first: 0 },
    { rows: low, count: tiles - highs, first: highs * (low + 1) },
  ];
  return runs.filter(({ count }) => count > 0);
}
