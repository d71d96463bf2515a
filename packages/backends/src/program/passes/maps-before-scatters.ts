import type { CallOf } from "../call.js";
import type { Graph, Node } from "../graph.js";
import { type Draft, rewrite, usersOf } from "../rewrite.js";
import { areApart, atMaxima, byChannel, windowsOf } from "../window-positions.js";
import { isZeroPreserving } from "../zero-preserving.js";

/** So many gathers are still cheaper than reading and writing everything. */
const maxGathers = 2;

/**
 * f(scatterAdd(z), x) = scatterAdd(f(z, gather(x))) where f is 0 wherever its first argument is, and the windows whose maxima z is scattered to
 * are apart: the map runs over the maxima alone. So the derivative of an activation before a max-pool costs a quarter, or less.
 */
export function withMapsBeforeScatters(graph: Graph): Graph {
  const users = usersOf(graph);
  return rewrite(graph, (node, draft, old) => {
    const before = graph.nodes[old]!;
    if (node.kind !== "call" || node.call.kind !== "map" || before.kind !== "call" || node.length === 0) return draft.emit(node);
    // Only a scatter that nothing else reads goes away.
    const own = node.call.inputs.find((_, k) => {
      const read = (before.call as CallOf<"map">).inputs[k]!.node;
      return (
        users[read]!.length === 1 &&
        !graph.outputs.includes(read) &&
        scatterOf(draft.nodes[node.call.kind === "map" ? node.call.inputs[k]!.node : 0]!)
      );
    });
    return (own && moved(draft, node, own.node)) ?? draft.emit(node);
  });
}

function scatterOf(node: Node): CallOf<"scatterAdd"> | undefined {
  return node.kind === "call" && node.call.kind === "scatterAdd" ? node.call : undefined;
}

function moved(draft: Draft, node: Node, scattered: number): number | undefined {
  const { nodes } = draft;
  const scatter = scatterOf(nodes[scattered]!)!;
  const windows = windowsOf(nodes, scatter);
  if (!windows || !areApart(windows) || scatter.layout.size !== node.length) return undefined;
  // The map is looked at as a node of the draft, and stays there unread if it can be moved.
  const map = draft.emit(node);
  const seen = byChannel(nodes, map, windows.channels);
  if (!seen) return map;
  const k = seen.inputs.findIndex((read) => read.kind === "all" && read.node === scattered);
  const others = seen.inputs.filter((read, i) => i !== k && read.kind === "all").length;
  const again = seen.inputs.some((read, i) => i !== k && read.node === scattered);
  if (k < 0 || again || others > maxGathers || !isZeroPreserving(seen.f, k)) return map;
  const { layout, index } = scatter;
  const number = (call: Node & { kind: "call" }) => draft.emit(call);
  const small = atMaxima(seen, layout.count, windows.channels, (id) =>
    id === scattered
      ? scatter.input
      : number({
          kind: "call",
          call: { kind: "gather", layout: { ...layout, size: nodes[id]!.length }, input: id, index },
          length: layout.count,
          isIndex: false,
        }),
  );
  const mapped = number({ kind: "call", call: small, length: layout.count, isIndex: false });
  return number({ kind: "call", call: { ...scatter, input: mapped }, length: layout.size, isIndex: false });
}
