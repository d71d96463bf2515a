/** The entries of a sparse column, each of its rows once. */
export type Column = readonly (readonly [row: number, value: number])[];

/**
 * Groups of columns outside of which no linear dependence reaches: columns with a row to themselves are set aside, and those left are joined where they
 * share a row. Groups of one are left out, for they are independent. Time and memory linear in the entries.
 */
export function dependencyGroups(columns: readonly Column[]): number[][] {
  return groups(columns, entangled(columns)).filter((group) => group.length > 1);
}

/** One entry of a row: whose column, and how large. */
export interface RowEntry {
  readonly col: number;
  readonly value: number;
}

/** Row by row, who reads it among `members`. */
export function membersOfRows(columns: readonly Column[], members: readonly number[]): Map<number, RowEntry[]> {
  const rows = new Map<number, RowEntry[]>();
  for (const col of members) {
    for (const [row, value] of columns[col] as Column) {
      const list = rows.get(row);
      if (list) list.push({ col, value });
      else rows.set(row, [{ col, value }]);
    }
  }
  return rows;
}

/**
 * The parameters that are left when those with a row of Q to themselves are taken away until there is none: such a column is in no linear dependence, so
 * its other rows may be read without it.
 */
function entangled(columns: readonly Column[]): number[] {
  const members = membersOfRows(columns, indices(columns.length));
  const left = new Set(indices(columns.length).filter((k) => (columns[k] as Column).length > 0));
  const numLeft = new Map([...members].map(([row, list]) => [row, list.length]));
  const open = [...members.keys()].filter((row) => numLeft.get(row) === 1);
  for (let row = open.pop(); row !== undefined; row = open.pop()) {
    const only = members.get(row)?.find(({ col }) => left.has(col));
    // An entry that is a rounding error beside the rest of its column proves nothing.
    if (!only || Math.abs(only.value) < 1e-6) continue;
    left.delete(only.col);
    for (const [touched] of columns[only.col] as Column) {
      const count = (numLeft.get(touched) as number) - 1;
      numLeft.set(touched, count);
      if (count === 1) open.push(touched);
    }
  }
  return [...left].sort((a, b) => a - b);
}

/** Parameters joined where a row of Q reads several of them (union–find). */
function groups(columns: readonly Column[], members: readonly number[]): number[][] {
  const parent = indices(columns.length);
  const root = (k: number): number => {
    let at = k;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  for (const row of membersOfRows(columns, members).values()) {
    for (const { col } of row) parent[root(col)] = root((row[0] as RowEntry).col);
  }
  const found = new Map<number, number[]>();
  for (const k of members) {
    const group = found.get(root(k));
    if (group) group.push(k);
    else found.set(root(k), [k]);
  }
  return [...found.values()];
}

function indices(n: number): number[] {
  return Array.from({ length: n }, (_, k) => k);
}
