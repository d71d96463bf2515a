import { readsOf } from "./call-operands.js";
import { describeNode } from "./describe-call.js";
import type { Graph } from "./graph.js";

/** Longer labels are cut. */
const maxLabel = 60;

/** The graph as a Mermaid flow chart: arguments and constants as rounded boxes, kernels as boxes, results marked. */
export function drawMermaid(graph: Graph): string {
  const boxes = graph.nodes.map((node, id) => {
    const [open, close] = node.kind === "call" ? ["[", "]"] : ["(", ")"];
    return `  n${id}${open}"${escaped(label(graph, id), "#quot;")}"${close}`;
  });
  const arrows = edges(graph).map(([from, to]) => `  n${from} --> n${to}`);
  return ["flowchart TD", ...boxes, ...arrows].join("\n");
}

/** The graph in DOT. */
export function drawDot(graph: Graph): string {
  const boxes = graph.nodes.map((node, id) => {
    const style = node.kind === "call" ? "box" : "ellipse";
    return `  n${id} [shape=${style}, label="${escaped(label(graph, id), '\\"')}"];`;
  });
  const arrows = edges(graph).map(([from, to]) => `  n${from} -> n${to};`);
  return ["digraph program {", ...boxes, ...arrows, "}"].join("\n");
}

function edges(graph: Graph): readonly (readonly [number, number])[] {
  return graph.nodes.flatMap((node, id) => [...new Set(readsOf(node))].map((read) => [read, id] as const));
}

function label(graph: Graph, id: number): string {
  const text = describeNode(graph.nodes[id]!);
  const results = graph.outputs.flatMap((output, i) => (output === id ? [` → result ${i}`] : [])).join("");
  return `%${id} ${text.length <= maxLabel ? text : `${text.slice(0, maxLabel)}…`}${results}`;
}

function escaped(text: string, quote: string): string {
  return text.replaceAll('"', quote);
}
