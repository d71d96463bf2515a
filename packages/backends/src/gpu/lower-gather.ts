import type { Buffer, GatherLayout, IndexBuffer } from "../backend.js";
import { coordinates, placeAt } from "./coordinates.js";
import { type Device, integer } from "./launch.js";

/** `gather`: each place looks up its position and reads there. */
export function lowerGather({ run }: Device, { outer, size, inner, count }: GatherLayout, input: Buffer, index: IndexBuffer): Buffer {
  return run({
    key: `gather ${outer},${size},${inner},${count}`,
    operands: [input, index],
    length: outer * count * inner,
    body: () => {
      const { code, names } = coordinates("i", [outer, count, inner], "c");
      const [o, k, at] = names as [string, string, string];
      return `${code}
${integer("position", `whole(a1[${k}])`)}
if (position < 0) { return 0.0; }
return a0[${placeAt([o, "position", at], [size * inner, inner, 1], 0)}];`;
    },
  });
}
