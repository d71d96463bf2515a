import { add, type Boundary, reshape, sizeOf, type Value } from "@paramat/core";
import type { LinearOperator } from "@paramat/layers";
import type { DiagonalHessian } from "../diagonal-hessian.js";
import { quadraticPenalty } from "../quadratic-penalty.js";
import { type Regularizer, requireWeight } from "../regularizer.js";
import { solveDiagonal } from "../solve-diagonal.js";
import { unravel } from "../unravel.js";
import { axisModes, hasModes } from "./axis-modes.js";
import { operatorsByForm, type SmoothnessOptions } from "./difference-operators.js";
import { type GridView, gridView } from "./grid-view.js";

/** A quadratic penalty of differences on a grid. */
export interface SmoothnessDefinition {
  readonly name: string;
  readonly lambda: number;
  readonly options: SmoothnessOptions;
  readonly defaultBoundary: "zero" | "symmetric";
  /** Of the differences along one axis. */
  readonly order: number;
  /** L₁, L₂, …: R = ½λ Σᵢ ‖Lᵢ w‖². */
  operatorsOf(view: GridView): readonly LinearOperator[];
  /** The eigenvalue of Σ LᵢᵀLᵢ, given those of DᵀD along each axis. */
  combine(eigenvalues: readonly number[]): number;
}

export function smoothnessPenalty({ name, lambda, options, ...definition }: SmoothnessDefinition): Regularizer {
  requireWeight(name, lambda);
  const { defaultBoundary, order, operatorsOf, combine } = definition;
  const operators = operatorsByForm(name, options, defaultBoundary, operatorsOf);
  const { select = () => true } = options;
  const diagonalOf = (path: string, leaf: Value): DiagonalHessian | null =>
    select(path) ? diagonalHessian(gridView(name, leaf, options, defaultBoundary), order, lambda, combine) : null;
  const boundary = options.boundary ?? defaultBoundary;
  const ways: readonly Boundary[] = typeof boundary === "string" ? [boundary] : boundary;
  const solvable = ways.every((way) => hasModes(way, order));
  return quadraticPenalty({
    name,
    lambda,
    selection: options,
    imagesOf(leaf) {
      const { view, operators: maps } = operators(leaf);
      const rows = reshape(leaf, view.shape);
      return maps.map((L) => L.apply(rows));
    },
    normalOf(leaf) {
      const { view, operators: maps } = operators(leaf);
      const rows = reshape(leaf, view.shape);
      const normal = maps.map((L) => L.applyTranspose(L.apply(rows))).reduce((a, b) => add(a, b));
      return reshape(normal, leaf.shape);
    },
    ...(solvable && solveDiagonal(name, diagonalOf)),
  });
}

function diagonalHessian(
  { rowShape, grid, steps, boundary }: GridView,
  order: number,
  lambda: number,
  combine: (eigenvalues: readonly number[]) => number,
): DiagonalHessian | null {
  const modes = grid.flatMap((n, a) => axisModes(n, steps[a] as number, boundary[a] as Boundary, order) ?? []);
  const eigenvalues = Float64Array.from({ length: sizeOf(grid) }, (_, index) => {
    const place = unravel(index, grid);
    return lambda * combine(modes.map(({ eigenvalues: mu }, a) => mu[place[a] as number] as number));
  });
  return { rowShape, bases: modes.map(({ basis }) => basis), eigenvalues };
}
