import type { Value } from "@paramat/core";
import type { LinearOperator } from "@paramat/layers";
import { differenceTaps } from "./grid-taps.js";
import { type GridOptions, type GridView, gridView } from "./grid-view.js";
import { kroneckerOperator } from "./kronecker-operator.js";
import { stencilOperator } from "./stencil-operator.js";

export interface SmoothnessOptions extends GridOptions {
  /** Whether differences are one sparse matrix, a sum of Kronecker products, or a convolution: the same map. Default: a convolution on up to 3 axes. */
  readonly build?: "kronecker" | "convolution";
}

/** The k-th difference along each axis of the grid. */
export function differenceOperators(view: GridView, order: number, build?: SmoothnessOptions["build"]): readonly LinearOperator[] {
  return view.grid.map((_, axis) => sumOverAxes(`difference ${order} along axis ${axis}`, view, [axis], order, build));
}

/** L = Σ_a ∂²_a, the Laplacian. */
export function laplacianOperator(view: GridView, build?: SmoothnessOptions["build"]): LinearOperator {
  const axes = view.grid.map((_, axis) => axis);
  return sumOverAxes("laplacian", view, axes, 2, build);
}

/** Maps of a leaf's rows, made once for each form of leaf. */
export function operatorsByForm(
  op: string,
  options: GridOptions,
  defaultBoundary: "zero" | "symmetric",
  make: (view: GridView) => readonly LinearOperator[],
): (leaf: Value) => { readonly view: GridView; readonly operators: readonly LinearOperator[] } {
  const made = new Map<string, readonly LinearOperator[]>();
  return (leaf) => {
    const view = gridView(op, leaf, options, defaultBoundary);
    const key = view.rowShape.join();
    const operators = made.get(key) ?? make(view);
    made.set(key, operators);
    return { view, operators };
  };
}

function sumOverAxes(
  name: string,
  view: GridView,
  axes: readonly number[],
  order: number,
  build?: SmoothnessOptions["build"],
): LinearOperator {
  const how = build ?? (view.grid.length <= 3 ? "convolution" : "kronecker");
  if (how === "kronecker") return kroneckerOperator(name, view, axes, order);
  const taps = axes.flatMap((axis) => differenceTaps(view.grid.length, axis, order, view.steps[axis] as number));
  return stencilOperator(name, view, taps);
}
