import type { Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";
import { windowsOf } from "../window-positions.js";

/**
 * Σ over examples and grid of scatterAdd(z, positions of maxima) = Σ over windows of z: a maximum stays in its channel, and the places that
 * nothing is scattered to are 0.
 */
export function withReducedScatters(graph: Graph): Graph {
  return rewrite(graph, (node, draft) => draft.emit(reduced(node, draft.nodes)));
}

function reduced(node: Node, nodes: readonly Node[]): Node {
  if (node.kind !== "call" || node.call.kind !== "reduce" || node.call.reduction !== "sum") return node;
  const { shape, axes, input } = node.call;
  const scatter = nodes[input]!;
  if (scatter.kind !== "call" || scatter.call.kind !== "scatterAdd") return node;
  const windows = windowsOf(nodes, scatter.call);
  if (!windows) return node;
  const { channels } = windows;
  const count = scatter.call.layout.count;
  const rank = shape.length;
  const all = axes.length === rank;
  const allButChannels = axes.length === rank - 1 && !axes.includes(rank - 1) && shape.at(-1) === channels;
  if (!all && !allButChannels) return node;
  const rows = count / channels;
  return { ...node, call: { ...node.call, shape: [rows, channels], axes: all ? [0, 1] : [0], input: scatter.call.input } };
}
