import type { Backend, Buffer, IndexBuffer } from "../../backend.js";
import { operandsOf } from "../call-operands.js";
import type { ConstantNode, Graph, Node } from "../graph.js";
import { rewrite } from "../rewrite.js";
import { runCall } from "../run-call.js";

/** Results of up to so many entries are kept, and longer ones if they are no longer than what they are made of. */
const smallLength = 4096;

/**
 * Calls that read constants alone are run now, on the target, and their results are constants. Large results of small constants (broadcasts)
 * are left to be computed where they are used.
 */
export function withFoldedConstants(graph: Graph, target: Backend): Graph {
  return rewrite(graph, (node, draft) => {
    if (node.kind !== "call" || (node.call.kind === "map" && node.call.inputs.length === 0)) return draft.emit(node);
    const operands = operandsOf(node.call).map((id) => draft.nodes[id]!);
    const read = operands.reduce((sum, operand) => sum + operand.length, 0);
    if (node.length > Math.max(smallLength, read) || !operands.every(isFixed)) return draft.emit(node);
    const result = runCall(target, node.call, (id) => bufferOf(target, draft.nodes[id]!));
    return draft.emit(constantFrom(target, result));
  });
}

/** The constant with a buffer on the target. */
export function onTarget(target: Backend, constant: ConstantNode): Buffer | IndexBuffer {
  if (constant.buffer) return constant.buffer;
  const values = constant.values!;
  return constant.isIndex ? target.uploadIndex(values) : target.upload(values);
}

function isFixed(node: Node): boolean {
  if (node.kind === "constant") return true;
  return node.kind === "call" && node.call.kind === "map" && node.call.inputs.length === 0 && node.length <= smallLength;
}

function bufferOf(target: Backend, node: Node): Buffer | IndexBuffer {
  return node.kind === "constant" ? onTarget(target, node) : runCall(target, (node as Extract<Node, { kind: "call" }>).call, noOperand);
}

function noOperand(node: number): never {
  throw new Error(`program: a formula without inputs reads node ${node}`);
}

function constantFrom(target: Backend, buffer: Buffer | IndexBuffer): ConstantNode {
  const isIndex = "isIndex" in buffer;
  const constant = { kind: "constant", length: buffer.length, isIndex, buffer } as const;
  return !isIndex && buffer.length <= 64 && target.readSync ? { ...constant, values: target.readSync(buffer) } : constant;
}
