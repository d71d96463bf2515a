import type { Buffer, GatherLayout, IndexBuffer } from "../backend.js";
import { BackendError } from "../errors.js";
import { placeAt } from "./coordinates.js";
import { type Device, integer } from "./launch.js";
import { listsOf } from "./lists/lists.js";
import { sumLists } from "./lists/sum-lists.js";
import { scatterToWindows } from "./windows/scatter-windows.js";

/** `scatterAdd` as the gather through the inverse of the index: each place adds, in their order, what goes there. */
export function lowerScatterAdd(device: Device, layout: GatherLayout, input: Buffer, index: IndexBuffer): Buffer {
  const origin = device.originOf(index);
  if (origin === undefined) {
    throw new BackendError(
      `scatterAdd: the index of ${index.length} positions is not known here; it must come from uploadIndex or argmaxWindows of the same backend`,
    );
  }
  if ("windows" in origin) return scatterToWindows(device, layout, origin.windows, input, index);
  const { outer, size, inner, count } = layout;
  const { lists, order } = inverseOf(origin.values, size);
  return sumLists(device, {
    key: `scatterAdd ${count}`,
    outer,
    inner,
    lists,
    operands: [input],
    tables: { order },
    term: (o, t, i) => ({
      code: integer("from", `whole(order[${t}])`),
      value: `a0[${placeAt([o, "from", i], [count * inner, inner, 1], 0)}]`,
    }),
  });
}

type Inverse = ReturnType<typeof listsOf>;

// A pure function of an index, which is not changed: remembered so that the tables are put on the device once.
const known = new WeakMap<Int32Array, Inverse>();

function inverseOf(values: Int32Array, size: number): Inverse {
  const held = known.get(values);
  if (held?.lists.count === size) return held;
  const inverse = listsOf(values, size);
  known.set(values, inverse);
  return inverse;
}
