import { readsOf, withReads } from "./call-operands.js";
import type { Graph, Node } from "./graph.js";

/** A graph in the making. */
export interface Draft {
  readonly nodes: readonly Node[];
  /** Appends a node, which reads nodes of the draft, and gives its number. */
  emit(node: Node): number;
}

/**
 * The graph in which `visit` has put something in the place of every node. Nodes come in order, and read what has replaced their operands already.
 * @param visit gives the number, in the draft, of what replaces `node`, which was number `old`
 */
export function rewrite(graph: Graph, visit: (node: Node, draft: Draft, old: number) => number): Graph {
  const nodes: Node[] = [];
  const draft: Draft = { nodes, emit: (node) => nodes.push(node) - 1 };
  const replaced: number[] = [];
  graph.nodes.forEach((node, old) => {
    replaced.push(
      visit(
        withReads(node, (id) => replaced[id]!),
        draft,
        old,
      ),
    );
  });
  return { nodes, outputs: graph.outputs.map((id) => replaced[id]!) };
}

/** For each node, the nodes that read it, each once. */
export function usersOf(graph: Graph): readonly (readonly number[])[] {
  const users: number[][] = graph.nodes.map(() => []);
  graph.nodes.forEach((node, id) => {
    for (const read of new Set(readsOf(node))) users[read]!.push(id);
  });
  return users;
}
