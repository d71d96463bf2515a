import type { Buffer, IndexBuffer, View, WindowGeometry } from "../../backend.js";
import { numEntries, rowMajorStrides } from "../../cpu/offsets.js";
import { exprKey } from "../../expr/expr-key.js";
import type { Expr } from "../../expr.js";
import { coordinates, placeAt } from "../coordinates.js";
import { EXACT, tooFar } from "../engine.js";
import { formulaSource } from "../formula-source.js";
import { type Device, integer, type Launch } from "../launch.js";
import { mathTable } from "../math-table.js";
import { operandsOf } from "../operands.js";
import { argmaxSource } from "../reduce/fold-source.js";
import { allCells, cellOf, windowsShape } from "./window-cells.js";
import { windowKey } from "./window-key.js";

/** Cells that a thread looks at; of larger windows it looks at a run, and what the runs found is compared by more launches. */
const RUN = 1024;

/** `argmaxWindows(geometry, map(f, [examples, ...grid, channels], views))`; f reads every view. */
export function argmaxOfWindows(device: Device, geometry: WindowGeometry, f: Expr, views: readonly View[]): IndexBuffer {
  const cells = geometry.examples * numEntries(geometry.grid) * geometry.channels;
  if (cells - 1 > EXACT) throw tooFar(cells - 1);
  return device.scope(() => {
    let count = numEntries(geometry.window);
    let found: Buffer | undefined;
    while (count > RUN) {
      found = device.run(runLaunch(geometry, f, views, count, found, false));
      count = Math.ceil(count / RUN);
    }
    const last = found ? runLaunch(geometry, f, views, count, found, true) : wholeLaunch(geometry, f, views);
    return device.asIndex(device.run(last), { windows: geometry });
  });
}

function wholeLaunch(geometry: WindowGeometry, f: Expr, views: readonly View[]): Launch {
  const { buffers, names } = operandsOf(views);
  const shape = windowsShape(geometry);
  return {
    key: `argmaxWindows ${sourceKey(geometry, f, views, names)}`,
    operands: buffers,
    tables: { math: mathTable },
    length: numEntries(shape),
    isIndex: true,
    body: () => {
      const at = coordinates("i", shape, "c");
      const { open, close, names: cell } = allCells(geometry, at.names);
      const value = valueAt(f, views, names, cell);
      return `${at.code}
${argmaxSource.start}
${open}
${value.code}
${argmaxSource.step(value.value, positionOf(geometry, cell))}
${close}
return ${argmaxSource.end};`;
    },
  };
}

/**
 * The first maximum of each run of the `count` cells, or of those that a launch before `found`, [...windows, count]: the number of the cell in its window, −1
 * if none of the run is in the grid; of the last run, which is the only one, its position.
 */
function runLaunch(
  geometry: WindowGeometry,
  f: Expr,
  views: readonly View[],
  count: number,
  found: Buffer | undefined,
  isLast: boolean,
): Launch {
  const { buffers, names } = operandsOf(views, found ? 1 : 0);
  const runs = Math.ceil(count / RUN);
  const shape = [...windowsShape(geometry), runs];
  return {
    key: `argmaxWindows run of ${count}${found ? " found" : ""}${isLast ? " at last" : ""} ${sourceKey(geometry, f, views, names)}`,
    operands: found ? [found, ...buffers] : buffers,
    tables: { math: mathTable },
    length: numEntries(shape),
    isIndex: isLast,
    body: () => {
      const at = coordinates("i", shape, "c");
      const { open, close, names: cell } = cellOf(geometry, at.names.slice(0, -1), "j");
      const value = valueAt(f, views, names, cell);
      const row = runs === 1 ? `i * ${count}` : `quotient(i, ${runs}) * ${count}`;
      return `${at.code}
${integer("first", placeAt([at.names.at(-1)!], [RUN], 0))}
${integer("row", row)}
${argmaxSource.start}
for (let k = 0; k < ${Math.min(count, RUN)}; k++) {
if (first + k < ${count}) {
${integer("j", found ? "whole(a0[row + first + k])" : "first + k")}
if (j >= 0) {
${open}
${value.code}
${argmaxSource.step(value.value, isLast ? positionOf(geometry, cell) : "j")}
${close}
}
}
}
return ${argmaxSource.end};`;
    },
  };
}

function sourceKey(geometry: WindowGeometry, f: Expr, views: readonly View[], names: readonly string[]): string {
  const layout = views.map(({ offset, strides }, v) => `${names[v]} ${offset}:${strides.join()}`).join(";");
  return `${windowKey(geometry)} ${exprKey(f)} ${layout}`;
}

function valueAt(f: Expr, views: readonly View[], names: readonly string[], cell: readonly string[]): ReturnType<typeof formulaSource> {
  const reads = views.map(({ strides, offset }, v) => `${names[v]}[${placeAt(cell, strides, offset)}]`);
  return formulaSource(f, reads, "t");
}

function positionOf({ examples, grid, channels }: WindowGeometry, cell: readonly string[]): string {
  return placeAt(cell, rowMajorStrides([examples, ...grid, channels]), 0);
}
