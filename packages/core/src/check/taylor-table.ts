/** The remainders after one step. */
export interface TaylorRow {
  readonly h: number;
  /** |g(x+hv) − g(x)|, |… − h g′v|, |… − h²/2 vᵀHv|; the last only with order 2. */
  readonly remainders: readonly number[];
}

/** h | remainder 0 | order | remainder 1 | order …; an order is that from the line above to this one. */
export function taylorTable(rows: readonly TaylorRow[]): string {
  const numRemainders = rows[0]?.remainders.length ?? 0;
  const head = ["h", ...Array.from({ length: numRemainders }, (_, k) => [`remainder ${k}`, "order"]).flat()];
  const body = rows.map(({ h, remainders }, i) => [
    h === 1 ? "1" : `2^${Math.log2(h)}`,
    ...remainders.flatMap((R, k) => [R.toExponential(3), orderFrom(rows[i - 1]?.remainders[k], R)]),
  ]);
  const widths = head.map((cell, column) => Math.max(cell.length, ...body.map((row) => (row[column] as string).length)));
  return [head, ...body].map((row) => row.map((cell, column) => cell.padStart(widths[column] as number)).join("  ")).join("\n");
}

function orderFrom(above: number | undefined, R: number): string {
  const order = above === undefined ? Number.NaN : Math.log2(above / R);
  return Number.isFinite(order) ? order.toFixed(2) : "–";
}
