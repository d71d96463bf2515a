import type { Buffer, Part, Shape } from "../backend.js";
import { numEntries, rowMajorStrides } from "../cpu/offsets.js";
import { input } from "../expr.js";
import type { Device } from "./launch.js";
import { MOST_OPERANDS, operandsOf } from "./operands.js";
import { partSource } from "./place/part-source.js";
import { type PlacedPart, placedPart } from "./place/place-axis.js";
import { reduceViews } from "./reduce/reduce-views.js";

/** Parts of a launch; their code stands in one kernel. */
const MOST_PARTS = 16;

/** `place`: each place of the result looks in every part for entries that go there. Many parts take several launches, which add to what those before found. */
export function lowerPlace(device: Device, shape: Shape, parts: readonly Part[]): Buffer {
  const length = numEntries(shape);
  return device.scope(() => {
    const filled = parts.filter((part) => numEntries(part.shape) > 0).map((part) => withoutRepeats(device, part));
    return (
      groupsOf(filled).reduce<Buffer | undefined>((sum, group) => placeGroup(device, length, group, sum), undefined) ??
      zeros(device, length)
    );
  });
}

/** Axes along which all entries go to one place are summed before. */
function withoutRepeats(device: Device, part: Part): Part {
  const { source, shape, strides } = part;
  const repeats = shape.flatMap((size, a) => (strides[a] === 0 && size > 1 ? [a] : []));
  if (repeats.length === 0) return part;
  const rest = <T>(list: readonly T[]): T[] => list.filter((_, a) => !repeats.includes(a));
  const buffer = reduceViews(device, "sum", input(0), shape, repeats, [source]);
  return { ...part, source: { buffer, offset: 0, strides: rowMajorStrides(rest(shape)) }, shape: rest(shape), strides: rest(strides) };
}

function groupsOf(parts: readonly Part[]): Part[][] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const group = groups.at(-1);
    const fits = group && group.length < MOST_PARTS && new Set([...group, part].map(({ source }) => source.buffer)).size < MOST_OPERANDS;
    if (fits) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

function placeGroup({ run }: Device, length: number, parts: readonly Part[], before: Buffer | undefined): Buffer {
  const { buffers, names } = operandsOf(
    parts.map(({ source }) => source),
    before ? 1 : 0,
  );
  const placed = parts.map(placedPart);
  return run({
    key: `place ${before ? "more " : ""}${placed.map((part, k) => `${names[k]} ${partKey(part)}`).join(";")}`,
    operands: before ? [before, ...buffers] : buffers,
    length,
    body: () => `let sum = ${before ? "a0[i]" : "0.0"};
${placed.map((part, k) => partSource(part, names[k]!, `p${k}`)).join("\n")}
return sum;`,
  });
}

function partKey({ axes, from, to }: PlacedPart): string {
  return `${from}→${to} ${axes.map(({ size, from: ahead, to: onward }) => `${size}:${ahead}→${onward}`).join(" ")}`;
}

function zeros({ run }: Device, length: number): Buffer {
  return run({ key: "zeros", operands: [], length, body: () => "return 0.0;" });
}
