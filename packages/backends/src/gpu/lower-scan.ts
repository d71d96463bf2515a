import type { Buffer } from "../backend.js";
import { coordinates, placeAt } from "./coordinates.js";
import { type Device, integer } from "./launch.js";

/** Entries of a block: a thread adds that many at most. */
const BLOCK = 64;

/** Every `step`th entry along the middle of [outer, size, inner], `count` of them from `first`. */
interface Line {
  readonly outer: number;
  readonly size: number;
  readonly inner: number;
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** `scan` by blocks: each place adds what lies before it in its block, then what all blocks before come to, which is the same problem of fewer entries. */
export function lowerScan(device: Device, outer: number, size: number, inner: number, reverse: boolean, input: Buffer): Buffer {
  const line = { outer, size, inner, first: reverse ? size - 1 : 0, step: reverse ? -1 : 1, count: size };
  return device.scope(() => sums(device, line, reverse, input));
}

/** Σ of the line's entries up to each, [outer, count, inner]; `backwards` puts the first of them last. */
function sums(device: Device, line: Line, backwards: boolean, input: Buffer): Buffer {
  const { outer, inner, count } = line;
  if (count <= BLOCK) return sumsInBlocks(device, line, backwards, input);
  const within = sumsInBlocks(device, line, false, input);
  const totals = { outer, size: count, inner, first: BLOCK - 1, step: BLOCK, count: Math.ceil(count / BLOCK) - 1 };
  const before = sums(device, totals, false, within);
  return device.run({
    key: `scan blocks ${outer},${count},${inner},${backwards}`,
    operands: [within, before],
    length: outer * count * inner,
    body: () => {
      const { code, names } = coordinates("i", [outer, count, inner], "c");
      const [o, k, i] = names as [string, string, string];
      return `${code}
${integer("l", backwards ? `${count - 1} - ${k}` : k)}
let sum = a0[${placeAt([o, "l", i], [count * inner, inner, 1], 0)}];
if (l >= ${BLOCK}) {
${integer("block", `quotient(l, ${BLOCK}) - 1`)}
sum = sum + a1[${placeAt([o, "block", i], [totals.count * inner, inner, 1], 0)}];
}
return sum;`;
    },
  });
}

/** The same, each block for itself. */
function sumsInBlocks({ run }: Device, line: Line, backwards: boolean, input: Buffer): Buffer {
  const { outer, size, inner, first, step, count } = line;
  return run({
    key: `scan in blocks ${Object.values(line).join()},${backwards}`,
    operands: [input],
    length: outer * count * inner,
    body: () => {
      const { code, names } = coordinates("i", [outer, count, inner], "c");
      const [o, k, i] = names as [string, string, string];
      return `${code}
${integer("l", backwards ? `${count - 1} - ${k}` : k)}
${integer("start", count <= BLOCK ? 0 : `quotient(l, ${BLOCK}) * ${BLOCK}`)}
${integer("turns", "l - start + 1")}
${integer("p", placeAt([o, "start", i], [size * inner, step * inner, 1], first * inner))}
let sum = 0.0;
for (let j = 0; j < turns; j++) {
sum = sum + a0[${placeAt(["j"], [step * inner], "p")}];
}
return sum;`;
    },
  });
}
