import type { CallOf } from "../call.js";
import { numEntries } from "../call-length.js";
import { comparesInputs, formulaCost } from "../formula-cost.js";
import type { CallNode, Graph, Node } from "../graph.js";
import { collapsed, formulaSize, inlined, isWhole, type Nest } from "../nest.js";
import { rewrite, usersOf } from "../rewrite.js";
import { windowsOf } from "../window-positions.js";

/** Longer formulas, and formulas of more inputs, keep too much in registers. */
const maxSize = 64;
const maxInputs = 10;

/** A formula this cheap is rather computed by each of several readers than written and read. */
const cheapCost = 4;

/** What else takes maps in, besides maps. */
export interface Absorbers {
  /** The backend has kernels for maps whose results are reduced or searched for maxima at once. */
  readonly reductions: boolean;
}

/**
 * Maps that only maps read are computed where they are read, by substitution in the formula. A map with several readers is computed by each of
 * them if it is cheap, and never where that would do the work more often than there are entries.
 */
export function withFusedMaps(graph: Graph, absorbers: Absorbers): Graph {
  const users = usersOf(graph);
  const absorbed = graph.nodes.map((_, id) => vanishes(graph, id, users[id]!, absorbers));
  // New number → whether the map may be taken into its readers.
  const open = new Set<number>();
  return rewrite(graph, (node, draft, old) => {
    const id = draft.emit(isMap(node) && node.length > 0 ? fused(node, draft.nodes, open) : node);
    if (absorbed[old]) open.add(id);
    return id;
  });
}

export type MapNode = CallNode & { readonly call: CallOf<"map"> };

export function isMap(node: Node): node is MapNode {
  return node.kind === "call" && node.call.kind === "map";
}

/** Whether it is free to compute: the readers see through it, or read a number. */
export function isFree({ call: { f } }: MapNode): boolean {
  return f.kind !== "call";
}

/** `nest` with the producer of input k computed in it; undefined where that is not possible, not allowed or not worth it. */
export function absorbedInput(nest: Nest, k: number, nodes: readonly Node[], open: ReadonlySet<number>): Nest | undefined {
  const view = nest.inputs[k]!;
  const producer = nodes[view.node]!;
  if (!isMap(producer) || !(isFree(producer) || (open.has(view.node) && readsOnce(nest, k, producer)))) return undefined;
  const result = inlined(nest, k, producer.call);
  return result && formulaSize(result.f) <= maxSize && result.inputs.length <= maxInputs ? result : undefined;
}

function fused(node: MapNode, nodes: readonly Node[], open: ReadonlySet<number>): Node {
  let nest: Nest = node.call;
  for (let k = 0; k < nest.inputs.length; ) {
    const next = absorbedInput(nest, k, nodes, open);
    // Inputs are renumbered when one is taken in, so the search starts again.
    if (next) {
      nest = next;
      k = 0;
    } else k++;
  }
  return { ...node, call: { kind: "map", ...collapsed(nest) } };
}

/** Nothing is computed twice: the nest has no more entries than the map, and reads it through one view, unless it is cheap. */
function readsOnce({ shape, inputs }: Nest, k: number, producer: MapNode): boolean {
  const views = inputs.filter(({ node }) => node === inputs[k]!.node).length;
  return numEntries(shape) <= producer.length && (views === 1 || formulaCost(producer.call.f) <= cheapCost);
}

/** Whether the node is a map that all of its readers can compute for themselves, at no more than the cost of writing and reading it. */
export function vanishes(graph: Graph, id: number, users: readonly number[], absorbers: Absorbers): boolean {
  const node = graph.nodes[id]!;
  if (!isMap(node) || node.length === 0 || graph.outputs.includes(id)) return false;
  const readers = users.map((user) => graph.nodes[user]!);
  if (!readers.every((reader) => absorbs(graph, reader, node, absorbers))) return false;
  if (readers.length <= 1) return true;
  const { f, shape, inputs } = node.call;
  const full = inputs.filter((view) => isWhole(view, shape, node.length)).length;
  // A number that was rounded when it was written must not meet itself unrounded in a comparison.
  const jumps = readers.some((reader) => isMap(reader) && comparesInputs(reader.call.f));
  return !jumps && formulaCost(f) <= cheapCost && full <= 2 && inputs.length <= 3 && readers.length <= 4;
}

function absorbs({ nodes }: Graph, reader: Node, node: MapNode, { reductions }: Absorbers): boolean {
  if (reader.kind !== "call") return false;
  const { call } = reader;
  if (call.kind === "map") return reader.length <= node.length;
  if (!reductions) return false;
  // A gather of a map's maxima is a map of gathered entries: see `withGathersBeforeMaps`.
  return call.kind === "reduce" || call.kind === "argmaxWindows" || (call.kind === "gather" && windowsOf(nodes, call) !== undefined);
}
