import type { WindowGeometry } from "../../backend.js";
import { windowOutGrid } from "../../out-grid.js";
import { coordinates, placeAt } from "../coordinates.js";
import { integer } from "../launch.js";

/** Code that visits cells of a window: what comes before, and after, what is done with the cell x0, x1, … of the grid. */
export interface WindowCells {
  readonly open: string;
  readonly close: string;
  /** Coordinates of the cell in [examples, ...grid, channels]. */
  readonly names: readonly string[];
}

/** The shape of an array with a number for each window and channel. */
export function windowsShape(geometry: WindowGeometry): number[] {
  return [geometry.examples, ...windowOutGrid(geometry), geometry.channels];
}

/** All cells that are in the grid, in order, of the window whose place in `windowsShape` is (`names`). */
export function allCells(geometry: WindowGeometry, names: readonly string[]): WindowCells {
  const { window } = geometry;
  const loops = window.flatMap((size, a) => (size > 1 ? [`for (let w${a} = 0; w${a} < ${size}; w${a}++) {`] : []));
  const within = window.map((size, a) => (size > 1 ? `w${a}` : "0"));
  return cellsAt(geometry, names, within, loops);
}

/** The cell `j`, an integer variable: cells of a window are counted from 0, those outside of the grid with them. */
export function cellOf(geometry: WindowGeometry, names: readonly string[], j: string): WindowCells {
  const { code, names: within } = coordinates(j, geometry.window, "w");
  return cellsAt(geometry, names, within, [code]);
}

function cellsAt(geometry: WindowGeometry, names: readonly string[], within: readonly string[], opening: readonly string[]): WindowCells {
  const { grid, window, stride, padLow } = geometry;
  const outGrid = windowOutGrid(geometry);
  const reachesOut = grid.map((size, a) => padLow[a]! > 0 || stride[a]! * (outGrid[a]! - 1) + window[a]! > size);
  const cells = grid.map((_, a) => `x${a}`);
  const places = cells.map((cell, a) => {
    const place = placeAt([names[a + 1]!, within[a]!], [stride[a]!, 1], 0);
    return integer(cell, padLow[a] === 0 ? place : `${place} - ${padLow[a]}`);
  });
  const inside = cells.flatMap((cell, a) => (reachesOut[a] ? [`if (${cell} >= 0 && ${cell} < ${grid[a]}) {`] : []));
  const lines = [...opening, ...places, ...inside];
  return {
    open: lines.join("\n"),
    close: "}".repeat(lines.filter((line) => line.endsWith("{")).length),
    names: [names[0]!, ...cells, names.at(-1)!],
  };
}
