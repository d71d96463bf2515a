import type { Backend } from "../backend.js";
import type { Slot } from "./arena.js";
import { readsOf } from "./call-operands.js";
import { describeNode } from "./describe-call.js";
import type { Graph } from "./graph.js";
import type { MemoryPlan } from "./plan-memory.js";
import { countProgram, nodeBytes } from "./program-count.js";

/** One line for each node: number, kernel, operands, size and place; then what a run costs. */
export function listProgram(graph: Graph, plan: MemoryPlan, target: Backend): string {
  const lines = graph.nodes.map((node, id) => {
    const reads = readsOf(node);
    const of = reads.length > 0 ? ` of ${reads.map((read) => `%${read}`).join(", ")}` : "";
    const result = graph.outputs.flatMap((output, i) => (output === id ? [`result ${i}`] : []));
    const where = [placeOf(plan.slots[id]), ...result].join(", ");
    return `%${id} = ${describeNode(node)}${of}: ${node.length} ${node.length === 1 ? "entry" : "entries"}, ${showBytes(nodeBytes(node, target.precision))}, ${where}`;
  });
  const { kernels, flops, bytes, arenaBytes, bytesWithoutReuse } = countProgram(graph, plan, target.precision);
  const total = `${kernels} kernels on ${target.name}: ${showCount(flops)} operations, ${showBytes(bytes)} read and written`;
  return [...lines, `${total}; working memory ${showBytes(arenaBytes)} (${showBytes(bytesWithoutReuse)} without reuse)`].join("\n");
}

function placeOf(slot: Slot | undefined): string {
  if (!slot) return "kept";
  if (slot.place === "arena") return `at ${slot.offset}`;
  return slot.place === "input" ? "where the caller has it" : "leaves";
}

/** `3.2 MB`, in powers of ten. */
export function showBytes(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${showCount(bytes)}B`;
}

/** `3.2 M`. */
export function showCount(count: number): string {
  const units = ["", "k", "M", "G", "T"];
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${Number((count / 1000 ** power).toPrecision(3))} ${units[power]}`.trimEnd();
}
