import type { CallOf } from "../call.js";
import { composeViews } from "../compose-views.js";
import type { Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";

/** Convolutions of what was placed in zeros are told of the lines that are 0, whose products a backend need not compute. */
export function withKnownBorders(graph: Graph): Graph {
  return rewrite(graph, (node, draft) => {
    if (node.kind !== "call" || node.call.kind !== "convolve" || node.call.which === "applyTranspose") return draft.emit(node);
    const { geometry, which, a, b } = node.call;
    const zeroLines = zeroLinesOf(draft.nodes[which === "apply" ? b : a]!, [geometry.examples, ...geometry.grid, geometry.channelsIn]);
    return draft.emit(zeroLines ? { ...node, call: { ...node.call, geometry: { ...geometry, zeroLines } } } : node);
  });
}

/** Lines before and after everything that was placed, along the last axis of the grid but one; undefined where there are none. */
function zeroLinesOf(node: Node, shape: readonly number[]): readonly [number, number] | undefined {
  const axis = shape.length - 3;
  if (axis < 1 || node.kind !== "call" || node.call.kind !== "place" || node.length === 0) return undefined;
  const extents = node.call.parts.map((part) => extentOf(part, shape, axis));
  if (extents.length === 0 || !extents.every((extent) => extent !== undefined)) return undefined;
  const before = Math.min(...extents.map(([from]) => from));
  const after = shape[axis]! - Math.max(...extents.map(([, to]) => to));
  return before + after > 0 ? [before, after] : undefined;
}

/** From which line to before which a part is placed. */
function extentOf(
  { shape: part, offset, strides }: CallOf<"place">["parts"][number],
  shape: readonly number[],
  axis: number,
): readonly [number, number] | undefined {
  const moves = composeViews(part, { node: 0, offset, strides }, shape);
  if (!moves) return undefined;
  const sizes = moves.splits.flat();
  const reaches = moves.steps.map((step, i) => (step?.axis === axis ? step.by * (sizes[i]! - 1) : 0));
  const start = moves.starts[axis]!;
  return [
    reaches.reduce((low, reach) => low + Math.min(0, reach), start),
    reaches.reduce((high, reach) => high + Math.max(0, reach), start) + 1,
  ];
}
