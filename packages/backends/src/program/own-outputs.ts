import { input } from "../expr.js";
import type { Graph } from "./graph.js";
import { wholeView } from "./nest.js";
import { isComputed } from "./plan-memory.js";

/** Each result in a place of its own: results that are arguments, constants or the same as another are copied. */
export function withOwnOutputs({ nodes, outputs }: Graph): Graph {
  const all = [...nodes];
  const met = new Set<number>();
  const own = outputs.map((id) => {
    const node = nodes[id]!;
    if (isComputed(node) && !met.has(id)) {
      met.add(id);
      return id;
    }
    const shape = [node.length];
    const call = { kind: "map", f: input(0), shape, inputs: [wholeView(id, shape)] } as const;
    return all.push({ kind: "call", call, length: node.length, isIndex: false }) - 1;
  });
  return { nodes: all, outputs: own };
}
