import { readsOf } from "../call-operands.js";
import type { Graph } from "../graph.js";
import { rewrite } from "../rewrite.js";

/** Without the nodes that no result depends on. Draws stay, so that every run leaves its random streams where the plain function does. */
export function withoutDeadCode(graph: Graph): Graph {
  const live = graph.nodes.map((node) => node.kind === "draw");
  for (const output of graph.outputs) live[output] = true;
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    if (live[id]) for (const read of readsOf(graph.nodes[id]!)) live[read] = true;
  }
  return rewrite(graph, (node, draft, old) => (live[old] ? draft.emit(node) : -1));
}
