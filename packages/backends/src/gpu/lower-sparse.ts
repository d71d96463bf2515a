import type { Buffer, Contraction, SparsePattern } from "../backend.js";
import { coordinates, placeAt } from "./coordinates.js";
import { type Device, integer } from "./launch.js";
import { type SparseLists, sparseLists } from "./lists/sparse-lists.js";
import { sumLists } from "./lists/sum-lists.js";
import { lowerReduce } from "./lower-reduce.js";

/** `sparse`: rows, or columns, are lists that a thread sums; entries of the Jacobian sum over examples. */
export function lowerSparse(device: Device, which: Contraction, pattern: SparsePattern, examples: number, a: Buffer, b: Buffer): Buffer {
  const lists = sparseLists(pattern);
  if (which === "jacobianTranspose") return sampled(device, pattern, lists, examples, a, b);
  const isApply = which === "apply";
  const size = isApply ? pattern.numCols : pattern.numRows;
  const { cols: places } = lists;
  return sumLists(device, {
    key: `sparse ${which} ${size}`,
    outer: examples,
    inner: 1,
    lists: isApply ? lists.byRow : lists.byCol,
    operands: [a, b],
    tables: isApply ? { places } : { places: lists.rowsByCol, entries: lists.entriesByCol },
    term: (o, t) => ({
      code: `${integer("place", `whole(places[${t}])`)}\n${isApply ? "" : integer("entry", `whole(entries[${t}])`)}`,
      value: `a0[${isApply ? t : "entry"}] * a1[${placeAt([o, "place"], [size, 1], 0)}]`,
    }),
  });
}

/** Examples that a thread sums over; more are summed in parts, [parts, entries], and then these. */
const EXAMPLES = 256;

/** Σₑ z[e, row] y[e, col] for each entry. */
function sampled(device: Device, pattern: SparsePattern, lists: SparseLists, examples: number, y: Buffer, z: Buffer): Buffer {
  const { numRows, numCols, rows } = pattern;
  const turns = examples <= EXAMPLES ? Math.max(1, examples) : Math.min(EXAMPLES, Math.ceil(Math.sqrt(examples)));
  const parts = Math.max(1, Math.ceil(examples / turns));
  const shape = [parts, rows.length];
  return device.scope(() => {
    const partial = device.run({
      key: `sparse jacobianTranspose ${numRows},${numCols},${rows.length},${examples}`,
      operands: [y, z],
      tables: { rows: lists.rows, cols: lists.cols },
      length: parts * rows.length,
      body: () => {
        const { code, names } = coordinates("i", shape, "c");
        const [part, t] = names as [string, string];
        return `${code}
${integer("row", `whole(rows[${t}])`)}
${integer("col", `whole(cols[${t}])`)}
let sum = 0.0;
for (let k = 0; k < ${turns}; k++) {
${integer("e", placeAt([part, "k"], [turns, 1], 0))}
if (e < ${examples}) { sum = sum + a0[e * ${numCols} + col] * a1[e * ${numRows} + row]; }
}
return sum;`;
      },
    });
    return parts === 1 ? partial : lowerReduce(device, "sum", shape, [0], partial);
  });
}
