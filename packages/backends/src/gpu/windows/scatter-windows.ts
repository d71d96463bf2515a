import type { Buffer, GatherLayout, IndexBuffer, WindowGeometry } from "../../backend.js";
import { rowMajorStrides } from "../../cpu/offsets.js";
import { coordinates, placeAt } from "../coordinates.js";
import { type Device, integer } from "../launch.js";
import { windowsShape } from "./window-cells.js";
import { windowKey } from "./window-key.js";

/** `scatterAdd` through the maxima of windows: each cell looks at the windows that hold it, and adds what goes to those whose maximum it is. */
export function scatterToWindows(
  { run }: Device,
  { outer, size, inner, count }: GatherLayout,
  geometry: WindowGeometry,
  input: Buffer,
  index: IndexBuffer,
): Buffer {
  const { examples, grid, window, stride, padLow, channels } = geometry;
  const cells = [examples, ...grid, channels];
  const windows = windowsShape(geometry);
  return run({
    key: `scatterAdd ${outer},${size},${inner},${count} to maxima ${windowKey(geometry)}`,
    operands: [input, index],
    length: outer * size * inner,
    body: () => {
      const { code, names } = coordinates("i", [outer, size, inner], "c");
      const [o, at, i] = names as [string, string, string];
      const cell = coordinates("cell", cells, "x");
      const indices = grid.map((_, a) => `n${a}`);
      const tops = grid.map((_, a) => {
        // Of a cell that is the only one along the axis this is a number, and its sum with another would be a float for devices.
        if (cells[a + 1] === 1) return integer(`top${a}`, Math.floor(padLow[a]! / stride[a]!));
        const reach = `${cell.names[a + 1]} + ${padLow[a]}`;
        return integer(`top${a}`, stride[a] === 1 ? reach : `quotient(${reach}, ${stride[a]})`);
      });
      // Windows that hold cell x along an axis: those up to ⌊(x + padLow)/stride⌋ that reach it.
      const loops = grid.map((_, a) => {
        const [n, w] = [indices[a]!, `w${a}`];
        return `for (let ${w} = 0; ${w} < ${Math.ceil(window[a]! / stride[a]!)}; ${w}++) {
${integer(n, `top${a} - ${w}`)}
if (${n} >= 0 && ${n} < ${windows[a + 1]}) {`;
      });
      const place = placeAt([cell.names[0]!, ...indices, cell.names.at(-1)!], rowMajorStrides(windows), 0);
      return `${code}
${integer("cell", at)}
${cell.code}
${tops.join("\n")}
let sum = 0.0;
${loops.join("\n")}
${integer("k", place)}
${integer("position", "whole(a1[k])")}
if (position === cell) { sum = sum + a0[${placeAt([o, "k", i], [count * inner, inner, 1], 0)}]; }
${"}}".repeat(grid.length)}
return sum;`;
    },
  });
}
