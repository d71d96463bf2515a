import type { Buffer, IndexBuffer } from "../../backend.js";
import { callKeys } from "../call-key.js";
import type { ConstantNode, Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";

/** Constants of more numbers than this are taken for the same only where they are the same buffer. */
const comparedLength = 64;

/** Each call once: nodes that compute the same from the same become one, as do equal constants. */
export function withCommonSubexpressions(graph: Graph): Graph {
  const keyOf = callKeys();
  const met = new Map<string, number>();
  const buffers = new Map<Buffer | IndexBuffer, number>();
  return rewrite(graph, (node, draft) => {
    const key = node.kind === "call" ? keyOf(node.call) : node.kind === "constant" ? constantKey(node, buffers) : inputKey(node);
    const known = key === undefined ? undefined : met.get(key);
    if (known !== undefined) return known;
    const id = draft.emit(node);
    if (key !== undefined) met.set(key, id);
    return id;
  });
}

function constantKey({ isIndex, values, buffer, length }: ConstantNode, buffers: Map<Buffer | IndexBuffer, number>): string | undefined {
  if (values && length <= comparedLength) return `${isIndex ? "index" : "numbers"} ${Array.from(values, signed).join(" ")}`;
  if (!buffer) return undefined;
  const known = buffers.get(buffer) ?? buffers.size;
  buffers.set(buffer, known);
  return `buffer ${known}`;
}

/** A draw gives other numbers each time, and a function of the host may. */
function inputKey(node: Node): string | undefined {
  return node.kind === "input" ? `input ${node.position}` : undefined;
}

function signed(x: number): string {
  return Object.is(x, -0) ? "-0" : `${x}`;
}
