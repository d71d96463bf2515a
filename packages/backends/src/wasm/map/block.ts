/** An axis inside a block, with strides in entries. */
export interface BlockAxis {
  readonly count: number;
  readonly out: number;
  readonly inputs: readonly number[];
}

/** A vector of a block: where its first entry is written, how many lanes count, and where they are read, after the pointers of the block. */
export interface BlockVector {
  readonly out: number;
  readonly count: number;
  readonly inputs: readonly (readonly number[])[];
}

/**
 * The vectors that a block of at least one axis falls into. Entries are taken in row-major order, and the last `flat` axes must be contiguous in the result: vectors run
 * on over them and begin anew with every index of the axes before, which vary fastest so that neighbouring vectors make up squares.
 */
export function blockVectors(axes: readonly BlockAxis[], flat: number, lanes: number): readonly BlockVector[] {
  const origin: Entry = { out: 0, inputs: axes[0]!.inputs.map(() => 0) };
  const rows = entriesOf(origin, axes.slice(0, axes.length - flat));
  const columns = entriesOf(origin, axes.slice(axes.length - flat));
  const vectors: BlockVector[] = [];
  for (let start = 0; start < columns.length; start += lanes) {
    for (const row of rows) {
      const entries = columns.slice(start, start + lanes);
      const inputs = row.inputs.map((at, j) => entries.map((entry) => at + entry.inputs[j]!));
      vectors.push({ out: row.out + entries[0]!.out, count: entries.length, inputs });
    }
  }
  return vectors;
}

interface Entry {
  readonly out: number;
  readonly inputs: readonly number[];
}

/** Where the entries of a box lie, in row-major order. */
function entriesOf(origin: Entry, axes: readonly BlockAxis[]): readonly Entry[] {
  return axes.reduce<readonly Entry[]>(
    (entries, axis) =>
      entries.flatMap((entry) =>
        Array.from({ length: axis.count }, (_, i) => ({
          out: entry.out + i * axis.out,
          inputs: entry.inputs.map((at, j) => at + i * axis.inputs[j]!),
        })),
      ),
    [origin],
  );
}
