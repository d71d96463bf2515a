import type { Shape } from "../backend.js";
import { collapse } from "../cpu/map-layout.js";
import { instructions } from "../expr/instructions.js";
import { substitute } from "../expr/substitute.js";
import { constant, type Expr, input } from "../expr.js";
import type { NodeView } from "./call.js";
import { numEntries } from "./call-length.js";
import { composeViews } from "./compose-views.js";
import { exactFormula } from "./exact-formula.js";

/** A formula over a loop nest: f(inputs[0][i], inputs[1][i], …) for i in `shape`: a map, or what a fused reduction runs over. */
export interface Nest {
  readonly f: Expr;
  readonly shape: Shape;
  readonly inputs: readonly NodeView[];
}

/** A nest whose axes may have been split: `splits[a]` are the sizes that axis a has become, outermost first. */
export interface SplitNest extends Nest {
  readonly splits: readonly Shape[];
}

/**
 * `outer` with `inner` computed where it read `outer.inputs[k]`, the entries of inner in row-major order; undefined where the axes of the two do
 * not go together.
 */
export function inlined(outer: Nest, k: number, inner: Nest): SplitNest | undefined {
  const layout = collapse(
    inner.shape,
    inner.inputs.map(({ strides }) => strides),
  );
  const composed = composeViews(outer.shape, outer.inputs[k]!, layout.sizes);
  if (!composed) return undefined;
  const { splits, starts, steps } = composed;
  const kept = outer.inputs.map((view) => ({ ...view, strides: splitStrides(view.strides, splits) }));
  const added = inner.inputs.map(({ node, offset }, j): NodeView => {
    const strides = layout.strides[j]!;
    return {
      node,
      offset: offset + starts.reduce((sum, start, b) => sum + start * strides[b]!, 0),
      strides: steps.map((step) => (step ? step.by * strides[step.axis]! : 0)),
    };
  });
  const fresh = added.map((_, j) => input(kept.length + j));
  const moved = substitute(inner.f, (e) => (e.kind === "input" ? fresh[e.index] : undefined));
  const f = substitute(outer.f, (e) => (e.kind === "input" && e.index === k ? moved : undefined));
  return { ...tidied({ f, shape: splits.flat(), inputs: [...kept, ...added] }), splits };
}

/** The same with its formula folded, equal inputs joined and those that are not read left out. */
export function tidied({ f, shape, inputs }: Nest): Nest {
  const folded = exactFormula(f);
  const views: NodeView[] = [];
  const placeOf = new Map<string, Expr>();
  const compact = substitute(folded, (e) => {
    if (e.kind !== "input") return undefined;
    const view = readable(inputs[e.index]!, shape);
    const key = `${view.node} ${view.offset} ${view.strides.join()}`;
    const known = placeOf.get(key);
    if (known) return known;
    const fresh = input(views.push(view) - 1);
    placeOf.set(key, fresh);
    return fresh;
  });
  return { f: compact, shape, inputs: views };
}

/** A map over the shortest nest that writes the same entries in the same order. */
export function collapsed(nest: Nest): Nest {
  if (numEntries(nest.shape) === 0) return nest;
  const { sizes, strides } = collapse(
    nest.shape,
    nest.inputs.map((view) => view.strides),
  );
  return { ...nest, shape: sizes, inputs: nest.inputs.map((view, j) => ({ ...view, strides: strides[j]! })) };
}

/** Input k as a number. */
export function withConstantInput(nest: Nest, k: number, value: number): Nest {
  const number = constant(value);
  return tidied({ ...nest, f: substitute(nest.f, (e) => (e.kind === "input" && e.index === k ? number : undefined)) });
}

/** All entries of a buffer of `shape`, in order. */
export function wholeView(node: number, shape: Shape): NodeView {
  return { node, offset: 0, strides: rowMajor(shape) };
}

/** Whether the view reads each entry of a buffer of that length once, in row-major order. */
export function isWhole(view: NodeView, shape: Shape, length: number): boolean {
  const want = rowMajor(shape);
  return view.offset === 0 && numEntries(shape) === length && view.strides.every((s, a) => s === want[a] || shape[a] === 1);
}

export function rowMajor(shape: Shape): readonly number[] {
  const strides = new Array<number>(shape.length);
  let next = 1;
  for (let a = shape.length - 1; a >= 0; a--) {
    strides[a] = next;
    next *= shape[a]!;
  }
  return strides;
}

/** Number of distinct operations and inputs of a formula. */
export function formulaSize(f: Expr): number {
  return instructions(f).length;
}

/** Strides along axes of size 1 say nothing. */
function readable(view: NodeView, shape: Shape): NodeView {
  return { ...view, strides: view.strides.map((s, a) => (shape[a] === 1 ? 0 : s)) };
}

function splitStrides(strides: readonly number[], splits: readonly Shape[]): readonly number[] {
  return splits.flatMap((sizes, a) => rowMajor(sizes).map((step) => step * strides[a]!));
}
