import type { Precision } from "../backend.js";
import type { ArenaPlan, Slot } from "./arena.js";
import { operandsOf, readsOf } from "./call-operands.js";
import type { Graph, Node } from "./graph.js";
import { isWhole } from "./nest.js";

/** Where everything lies while a program runs. */
export interface MemoryPlan {
  readonly arena: ArenaPlan;
  /** For each node; undefined for constants, which lie where they were put. */
  readonly slots: readonly (Slot | undefined)[];
  /** What the arena would be if nothing shared a place. */
  readonly bytesWithoutReuse: number;
}

/** Every slot starts at a multiple of this, and has as much after its end that may be read over. */
const alignment = 64;

/**
 * One arena for all results that do not leave the program: first the largest, each at the lowest place that is free for as long as it is needed.
 * A map is written over an operand of its length that it reads in order and that is not needed after.
 * @param inputs lengths of the arguments, by position
 */
export function planMemory(graph: Graph, precision: Precision, inputs: readonly number[], outputSets: 0 | 2): MemoryPlan {
  const outputs = [...new Set(graph.outputs)].filter((id) => isComputed(graph.nodes[id]!));
  const numberBytes = precision === "float64" ? 8 : 4;
  const blocks = blocksOf(graph, numberBytes);
  const offsets = placed(blocks);
  const bytes = blocks.reduce((most, block, i) => Math.max(most, offsets[i]! + block.bytes), 0);
  const offsetOf = new Map<number, number>();
  blocks.forEach((block, i) => {
    for (const id of block.nodes) offsetOf.set(id, offsets[i]!);
  });
  const slots = graph.nodes.map((node, id): Slot | undefined => {
    const { length } = node;
    if (node.kind === "input") return { place: "input", position: node.position, length };
    if (node.kind === "constant") return undefined;
    const position = outputs.indexOf(id);
    if (position >= 0) return { place: "output", position, length };
    return { place: "arena", node: id, offset: offsetOf.get(id)!, length, isIndex: node.kind === "call" && node.isIndex };
  });
  return {
    arena: { bytes, inputs, outputs: outputs.map((id) => graph.nodes[id]!.length), outputSets },
    slots,
    bytesWithoutReuse: blocks.reduce((sum, block) => sum + block.bytes * block.nodes.length, 0),
  };
}

/** Whether the node's numbers are made by the run. */
export function isComputed(node: Node): boolean {
  return node.kind === "call" || node.kind === "draw" || node.kind === "host";
}

/** Nodes that share one place one after another, from the first that writes it to the last that reads it. */
interface Block {
  readonly nodes: number[];
  readonly bytes: number;
  readonly from: number;
  to: number;
}

function blocksOf(graph: Graph, numberBytes: number): readonly Block[] {
  const lastUse = graph.nodes.map((_, id) => id);
  graph.nodes.forEach((node, id) => {
    for (const read of readsOf(node)) lastUse[read] = id;
  });
  const outputs = new Set(graph.outputs);
  const blockOf = new Map<number, Block>();
  const blocks: Block[] = [];
  graph.nodes.forEach((node, id) => {
    if (!isComputed(node) || outputs.has(id)) return;
    const under = overwritten(graph, id, lastUse).find((read) => blockOf.has(read));
    const shared = under === undefined ? undefined : blockOf.get(under);
    if (shared) {
      shared.nodes.push(id);
      shared.to = lastUse[id]!;
      blockOf.set(id, shared);
      return;
    }
    const entryBytes = node.kind === "call" && node.isIndex ? 4 : numberBytes;
    const bytes = Math.ceil((node.length * entryBytes) / alignment) * alignment + alignment;
    const block = { nodes: [id], bytes, from: id, to: lastUse[id]! };
    blocks.push(block);
    blockOf.set(id, block);
  });
  return blocks;
}

/** Operands that a map may be written over. */
function overwritten({ nodes }: Graph, id: number, lastUse: readonly number[]): readonly number[] {
  const node = nodes[id]!;
  if (node.kind !== "call" || node.call.kind !== "map") return [];
  const { call } = node;
  const operands = operandsOf(call);
  return call.inputs.flatMap((view) => {
    const source = nodes[view.node]!;
    const dies = lastUse[view.node] === id && operands.filter((other) => other === view.node).length === 1;
    return dies && source.kind === "call" && !source.isIndex && source.length === node.length && isWhole(view, call.shape, source.length)
      ? [view.node]
      : [];
  });
}

function placed(blocks: readonly Block[]): readonly number[] {
  const offsets = new Array<number>(blocks.length).fill(0);
  const order = blocks.map((_, i) => i).sort((a, b) => blocks[b]!.bytes - blocks[a]!.bytes || a - b);
  // Those placed already, lowest first.
  const done: number[] = [];
  for (const i of order) {
    const block = blocks[i]!;
    let at = 0;
    for (const other of done) {
      const { from, to, bytes } = blocks[other]!;
      if (from > block.to || to < block.from) continue;
      if (offsets[other]! >= at + block.bytes) break;
      at = Math.max(at, offsets[other]! + bytes);
    }
    offsets[i] = at;
    const next = done.findIndex((other) => offsets[other]! > at);
    done.splice(next < 0 ? done.length : next, 0, i);
  }
  return offsets;
}
