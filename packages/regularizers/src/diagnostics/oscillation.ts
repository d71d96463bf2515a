import { leaves, paths, requireReadable, reshape, square, sum, type Tree } from "@paramat/core";
import { selectedLeaves } from "../selected-leaves.js";
import { laplacianOperator } from "../smoothness/difference-operators.js";
import { type GridOptions, gridView } from "../smoothness/grid-view.js";
import { shown, textTable } from "./text-table.js";

/** How fast one row of weights, seen as an image, goes up and down. */
export interface RowOscillation {
  /** Path of the leaf. */
  readonly path: string;
  readonly row: number;
  /** ‖w‖². */
  readonly energy: number;
  /** ‖Lw‖²/‖w‖²; NaN where w is 0. */
  readonly ratio: number;
  /** (‖Lw‖/‖w‖)^{1/2}/2π, in periods for each unit of length: that of a wave for which L has as much to say. */
  readonly frequency: number;
}

export interface Oscillation {
  readonly rows: readonly RowOscillation[];
  /** ‖LW‖²/‖W‖² of all rows together. */
  readonly ratio: number;
  /** As a frequency, in periods for each unit of length. */
  readonly frequency: number;
  toString(): string;
}

/**
 * ‖LW‖²/‖W‖² with L ≈ ∇², the symptom of an ill-conditioned problem (lecture, "Regularization": "weights are large or oscillatory"), also as the frequency
 * of the wave that has it: for w = cos(2πfx) along one axis the ratio is (2πf)⁴, up to h².
 * @param options the grid, its distances h (default 1/n, so that an image has length 1) and boundary (default `symmetric`)
 * @throws ShapeError if a leaf does not fit the grid; TypeError if no leaf is selected; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { oscillation } from "@paramat/regularizers";
 * // Two rows as images of 2 × 2 pixels: a constant, and a checkerboard.
 * const W = ndarray(cpu("float64"), [[1, 1, 1, 1], [1, -1, -1, 1]]);
 * oscillation(W, { asImages: [2, 2, 1], h: 1 }).rows.map(({ ratio }) => ratio); // → [0, 16]
 */
export function oscillation(params: Tree, options: GridOptions = {}): Oscillation {
  const op = "oscillation";
  const { select = () => true } = options;
  selectedLeaves(op, params, options);
  const places = paths(params);
  const measured = leaves(params).flatMap((leaf, i) => {
    const path = places[i] as string;
    if (!select(path)) return [];
    requireReadable(op, leaf.backend, "params");
    const view = gridView(op, leaf, options, "symmetric");
    const rows = reshape(leaf, view.shape);
    const axes = view.rowShape.map((_, a) => a + 1);
    const energies = sum(square(rows), { axes }).toArray();
    const bends = sum(square(laplacianOperator(view).apply(rows)), { axes }).toArray();
    return Array.from(energies, (energy, row) => ({ path, row, energy, bend: bends[row] as number }));
  });
  const total = measured.reduce((a, b) => ({ energy: a.energy + b.energy, bend: a.bend + b.bend }), { energy: 0, bend: 0 });
  const rows = measured.map(({ path, row, energy, bend }) => ({ path, row, energy, ...rate(bend, energy) }));
  const cells = (r: RowOscillation) => [r.path || "the root", `${r.row}`, shown(r.energy), shown(r.ratio), shown(r.frequency)];
  const overall = rate(total.bend, total.energy);
  const last = ["all", "", shown(total.energy), shown(overall.ratio), shown(overall.frequency)];
  const head = ["leaf", "row", "‖w‖²", "‖Lw‖²/‖w‖²", "frequency"];
  return { rows, ...overall, toString: () => textTable(head, [...rows.map(cells), last]) };
}

function rate(bend: number, energy: number): { readonly ratio: number; readonly frequency: number } {
  const ratio = bend / energy;
  return { ratio, frequency: ratio ** 0.25 / (2 * Math.PI) };
}
