import type { Call, NodeView } from "./call.js";
import type { Node } from "./graph.js";

/** The nodes that a call reads, in the order of its arguments; a node that is read twice stands there twice. */
export function operandsOf(call: Call): readonly number[] {
  switch (call.kind) {
    case "map":
    case "mapReduce":
    case "mapArgmaxWindows":
      return call.inputs.map(({ node }) => node);
    case "place":
      return call.parts.map(({ source }) => source.node);
    case "contract":
      return [call.a.node, call.b.node];
    case "convolve":
    case "sparse":
      return [call.a, call.b];
    case "realFilter":
      return [call.input, call.spectrum];
    case "gather":
    case "scatterAdd":
      return [call.input, call.index];
    case "reduce":
    case "scan":
    case "argmaxWindows":
    case "fft":
    case "realFft":
      return [call.input];
  }
}

/** The same call of other nodes: `to(node)` for each. */
export function withOperands(call: Call, to: (node: number) => number): Call {
  const view = (v: NodeView): NodeView => ({ ...v, node: to(v.node) });
  switch (call.kind) {
    case "map":
    case "mapReduce":
    case "mapArgmaxWindows":
      return { ...call, inputs: call.inputs.map(view) };
    case "place":
      return { ...call, parts: call.parts.map((part) => ({ ...part, source: view(part.source) })) };
    case "contract":
      return { ...call, a: view(call.a), b: view(call.b) };
    case "convolve":
    case "sparse":
      return { ...call, a: to(call.a), b: to(call.b) };
    case "realFilter":
      return { ...call, input: to(call.input), spectrum: to(call.spectrum) };
    case "gather":
    case "scatterAdd":
      return { ...call, input: to(call.input), index: to(call.index) };
    case "reduce":
    case "scan":
    case "argmaxWindows":
    case "fft":
    case "realFft":
      return { ...call, input: to(call.input) };
  }
}

/** The nodes that a node reads. */
export function readsOf(node: Node): readonly number[] {
  if (node.kind === "call") return operandsOf(node.call);
  return node.kind === "host" ? [node.input] : [];
}

/** The same node reading other nodes. */
export function withReads(node: Node, to: (node: number) => number): Node {
  if (node.kind === "call") return { ...node, call: withOperands(node.call, to) };
  return node.kind === "host" ? { ...node, input: to(node.input) } : node;
}
