import type { CallOf, NodePart } from "../call.js";
import { composeViews } from "../compose-views.js";
import type { Graph, Node } from "../graph.js";
import { isWhole } from "../nest.js";
import { rewrite, usersOf } from "../rewrite.js";

/** A place of so many parts is better made in two steps. */
const maxParts = 8;

/** What is placed in zeros, and that in more zeros (padding axis by axis), is placed there at once. */
export function withJoinedPlaces(graph: Graph): Graph {
  const users = usersOf(graph);
  return rewrite(graph, (node, draft, old) => {
    const before = graph.nodes[old]!;
    if (node.kind !== "call" || node.call.kind !== "place" || before.kind !== "call" || node.length === 0) return draft.emit(node);
    const sources = (before.call as CallOf<"place">).parts.map(({ source }) => source.node);
    const parts = node.call.parts.flatMap((part, i) => {
      const source = sources[i]!;
      const isOwn =
        users[source]!.length === 1 && !graph.outputs.includes(source) && sources.filter((other) => other === source).length === 1;
      return (isOwn && joined(part, draft.nodes[part.source.node]!)) || [part];
    });
    return draft.emit(parts.length <= maxParts ? { ...node, call: { ...node.call, parts } } : node);
  });
}

/** The parts that go where `outer` puts the result of the place that it reads; undefined where it reads anything else, or not all of it in order. */
function joined(outer: NodePart, source: Node): readonly NodePart[] | undefined {
  if (source.kind !== "call" || source.call.kind !== "place" || !isWhole(outer.source, outer.shape, source.length)) return undefined;
  const parts = source.call.parts.map((inner): NodePart | undefined => {
    // Where the inner part goes in the outer's walk, axis by axis.
    const at = composeViews(inner.shape, { node: 0, offset: inner.offset, strides: inner.strides }, outer.shape);
    if (!at) return undefined;
    return {
      source: { ...inner.source, strides: at.splits.flatMap((sizes, a) => splitStrides(sizes, inner.source.strides[a]!)) },
      shape: at.splits.flat(),
      offset: outer.offset + at.starts.reduce((sum, start, b) => sum + start * outer.strides[b]!, 0),
      strides: at.steps.map((step) => (step ? step.by * outer.strides[step.axis]! : 0)),
    };
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function splitStrides(sizes: readonly number[], stride: number): readonly number[] {
  return sizes.map((_, i) => sizes.slice(i + 1).reduce((product, n) => product * n, stride));
}
