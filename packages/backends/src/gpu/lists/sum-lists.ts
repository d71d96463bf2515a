import type { Buffer } from "../../backend.js";
import { coordinates, placeAt } from "../coordinates.js";
import { type Device, integer, type Launch } from "../launch.js";
import { type Lists, pieces } from "./lists.js";

/** Longer lists are cut into pieces, which are summed each for itself and then together. */
const LONG = 2048;
const PIECE = 256;

/** result[o, l, i] = Σ over the entries t of list l of a term of o, t and i. */
export interface SumOfLists {
  /** The same for the same terms; sizes of the lists and of tables are added to it. */
  readonly key: string;
  readonly outer: number;
  readonly inner: number;
  readonly lists: Lists;
  readonly operands: Launch["operands"];
  readonly tables: Readonly<Record<string, Float32Array>>;
  /** Statements, and the term, from integer expressions. */
  readonly term: (o: string, t: string, i: string) => { readonly code: string; readonly value: string };
}

/** A thread for each sum, which adds in the order of its list; long lists are summed in pieces before. */
export function sumLists(device: Device, sum: SumOfLists): Buffer {
  const { key, outer, inner, lists, operands, tables, term } = sum;
  if (lists.longest > LONG) return device.scope(() => sumPieces(device, sum));
  const { count, starts } = lists;
  return device.run({
    key: `${key} in ${outer}×${count}×${inner} lists, ${Object.values(tables).map(({ length }) => length)}`,
    operands,
    tables: { ...tables, starts },
    length: outer * count * inner,
    body: () => {
      const { code, names } = coordinates("i", [outer, count, inner], "c");
      const [o, l, i] = names as [string, string, string];
      const { code: before, value } = term(o, "t", i);
      return `${code}
${integer("start", `whole(starts[${l}])`)}
${integer("turns", `whole(starts[${placeAt([l], [1], 1)}]) - start`)}
let sum = 0.0;
for (let k = 0; k < turns; k++) {
${integer("t", "start + k")}
${before}
sum = sum + ${value};
}
return sum;`;
    },
  });
}

function sumPieces(device: Device, sum: SumOfLists): Buffer {
  const cut = piecesOf(sum.lists);
  const partial = sumLists(device, { ...sum, lists: cut.pieces });
  const { outer, inner } = sum;
  return sumLists(device, {
    key: `pieces ${cut.pieces.count}`,
    outer,
    inner,
    lists: cut.lists,
    operands: [partial],
    tables: {},
    term: (o, t, i) => ({ code: "", value: `a0[${placeAt([o, t, i], [cut.pieces.count * inner, inner, 1], 0)}]` }),
  });
}

// A pure function of lists, which are not changed: remembered so that the tables are put on the device once.
const known = new WeakMap<Lists, ReturnType<typeof pieces>>();

function piecesOf(lists: Lists): ReturnType<typeof pieces> {
  const cut = known.get(lists) ?? pieces(lists, PIECE);
  known.set(lists, cut);
  return cut;
}
