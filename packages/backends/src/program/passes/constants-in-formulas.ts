import type { Precision } from "../../backend.js";
import type { NodeView } from "../call.js";
import type { Graph, Node } from "../graph.js";
import { collapsed, type Nest, tidied, withConstantInput } from "../nest.js";
import { rewrite } from "../rewrite.js";

/** Uploads longer than this are not searched for being one number repeated. */
const searchedLength = 4096;

/** Numbers that are known now and the same for every entry become constants of the formulas that read them: 0·x, not x times an array of zeros. */
export function withConstantsInFormulas(graph: Graph, precision: Precision): Graph {
  return rewrite(graph, (node, draft) => {
    if (node.kind !== "call" || node.length === 0) return draft.emit(node);
    const { call } = node;
    if (call.kind !== "map") return draft.emit(node);
    const isKnown = call.inputs.some((view) => knownNumber(draft.nodes[view.node]!, view, call.shape, precision) !== undefined);
    return draft.emit(isKnown ? { ...node, call: { ...call, ...collapsed(taken(tidied(call), draft.nodes, precision)) } } : node);
  });
}

function taken(nest: Nest, nodes: readonly Node[], precision: Precision): Nest {
  for (const [k, view] of nest.inputs.entries()) {
    const value = knownNumber(nodes[view.node]!, view, nest.shape, precision);
    // Inputs are renumbered when one is taken out, so the search starts again.
    if (value !== undefined) return taken(withConstantInput(nest, k, value), nodes, precision);
  }
  return nest;
}

/** The number that the view reads everywhere; undefined where it reads several, or is not known. */
function knownNumber(node: Node, view: NodeView, shape: readonly number[], precision: Precision): number | undefined {
  if (node.kind === "call" && node.call.kind === "map" && node.call.f.kind === "const") {
    return precision === "float32" ? Math.fround(node.call.f.value) : node.call.f.value;
  }
  if (node.kind !== "constant" || !node.values) return undefined;
  if (view.strides.every((stride, a) => stride === 0 || shape[a] === 1)) return node.values[view.offset];
  const first = node.values[0]!;
  return node.length <= searchedLength && node.values.every((x: number) => Object.is(x, first)) ? first : undefined;
}
