import type { Graph } from "../graph.js";
import { rewrite, usersOf } from "../rewrite.js";
import { atMaxima, byChannel, windowsOf } from "../window-positions.js";
import { type Absorbers, vanishes } from "./fused-maps.js";

/** So many gathers in the place of one are still cheaper than a map of everything. */
const maxGathers = 2;

/**
 * gather(f(x, bias), positions of maxima) = f(gather(x, positions), bias): the map runs over the maxima alone, where nothing else needs it
 * everywhere. A bias is the same along each channel, and a maximum lies in its own channel.
 */
export function withGathersBeforeMaps(graph: Graph, absorbers: Absorbers): Graph {
  const users = usersOf(graph);
  return rewrite(graph, (node, draft, old) => {
    const before = graph.nodes[old]!;
    if (node.kind !== "call" || node.call.kind !== "gather" || before.kind !== "call" || before.call.kind !== "gather")
      return draft.emit(node);
    const { call } = node;
    const windows = windowsOf(draft.nodes, call);
    if (!windows || !vanishes(graph, before.call.input, users[before.call.input]!, absorbers)) return draft.emit(node);
    const seen = byChannel(draft.nodes, call.input, windows.channels);
    if (!seen || seen.inputs.filter(({ kind }) => kind === "all").length > maxGathers) return draft.emit(node);
    const map = atMaxima(seen, call.layout.count, windows.channels, (id) => draft.emit({ ...node, call: { ...call, input: id } }));
    return draft.emit({ ...node, call: map });
  });
}
