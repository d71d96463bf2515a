import type { Precision } from "../backend.js";
import { callFlops } from "./call-cost.js";
import { readsOf } from "./call-operands.js";
import type { Graph, Node } from "./graph.js";
import { isComputed, type MemoryPlan } from "./plan-memory.js";

/** What one run of a program costs. */
export interface ProgramCount {
  /** Kernel calls, without draws and functions of the host. */
  readonly kernels: number;
  /** Operations on numbers; a multiply–add counts as two. */
  readonly flops: number;
  /** Read and written by all kernels, each operand counted once for each kernel. */
  readonly bytes: number;
  /** Working memory. */
  readonly arenaBytes: number;
  /** Working memory if no place were used twice. */
  readonly bytesWithoutReuse: number;
  readonly inputBytes: number;
  readonly outputBytes: number;
  readonly constantBytes: number;
}

export function countProgram(graph: Graph, plan: MemoryPlan, precision: Precision): ProgramCount {
  const sum = (nodes: readonly Node[]): number => nodes.reduce((total, node) => total + nodeBytes(node, precision), 0);
  const steps = graph.nodes.filter(isComputed);
  const outputs = [...new Set(graph.outputs)].map((id) => graph.nodes[id]!);
  return {
    kernels: steps.filter(({ kind }) => kind === "call").length,
    flops: steps.reduce((total, node) => total + (node.kind === "call" ? callFlops(node.call) : 0), 0),
    bytes: steps.reduce((total, node) => total + traffic(graph, node, precision), 0),
    arenaBytes: plan.arena.bytes,
    bytesWithoutReuse: plan.bytesWithoutReuse,
    inputBytes: sum(graph.nodes.filter(({ kind }) => kind === "input")),
    outputBytes: sum(outputs),
    constantBytes: sum(graph.nodes.filter(({ kind }) => kind === "constant")),
  };
}

/** Bytes that a node's kernel reads and writes. */
export function traffic(graph: Graph, node: Node, precision: Precision): number {
  const read = [...new Set(readsOf(node))].reduce((total, id) => total + nodeBytes(graph.nodes[id]!, precision), 0);
  return read + nodeBytes(node, precision);
}

export function nodeBytes(node: Node, precision: Precision): number {
  const isIndex = (node.kind === "call" || node.kind === "constant") && node.isIndex;
  return node.length * (isIndex || precision === "float32" ? 4 : 8);
}
