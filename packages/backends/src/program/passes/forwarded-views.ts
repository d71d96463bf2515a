import type { CallOf, NodeView } from "../call.js";
import { numEntries } from "../call-length.js";
import { withOperands } from "../call-operands.js";
import { composeViews } from "../compose-views.js";
import type { Graph, Node } from "../graph.js";
import { collapsed, isWhole, type Nest } from "../nest.js";
import { rewrite } from "../rewrite.js";

/**
 * Copies are read through: where a call takes views (place, contract) it views the original, and a copy of everything in order is the original
 * itself. A `place` that only puts entries in another order is written as a map, so that it is a copy too. (Maps see through copies in `withFusedMaps`.)
 */
export function withForwardedViews(graph: Graph): Graph {
  return rewrite(graph, (node, draft) => {
    if (node.kind !== "call" || node.length === 0) return draft.emit(node);
    const { nodes } = draft;
    const call = withOperands(node.call, (id) => original(nodes, id));
    if (call.kind === "place") {
      const copy = permutation(call);
      if (copy) return draft.emit({ ...node, call: { kind: "map", ...collapsed(copy) } });
      const parts = call.parts.map((part) => ({ ...part, source: through(nodes, part.source, part.shape) ?? part.source }));
      return draft.emit({ ...node, call: { ...call, parts } });
    }
    if (call.kind === "contract") {
      const { batch, m, n, k } = call.sizes;
      const factor = (view: NodeView, rows: number, cols: number): NodeView => {
        const seen = through(nodes, view, [...batch, rows, cols]);
        return seen && hasRuns(seen, rows, cols) ? seen : view;
      };
      return draft.emit({ ...node, call: { ...call, a: factor(call.a, m, k), b: factor(call.b, k, n) } });
    }
    return draft.emit({ ...node, call });
  });
}

/** The copy that a node is, if it is one: the one view that it reads, in a nest. */
export function copyOf(node: Node): { readonly view: NodeView; readonly nest: Nest } | undefined {
  if (node.kind !== "call" || node.call.kind !== "map" || node.call.f.kind !== "input") return undefined;
  return { view: node.call.inputs[node.call.f.index]!, nest: node.call };
}

/** Behind copies of everything in order. */
function original(nodes: readonly Node[], id: number): number {
  const copy = copyOf(nodes[id]!);
  return copy && isWhole(copy.view, copy.nest.shape, nodes[copy.view.node]!.length) ? original(nodes, copy.view.node) : id;
}

/** The same entries from behind a copy, without splitting an axis; undefined where there is no copy or it cannot be seen through so. */
function through(nodes: readonly Node[], view: NodeView, shape: readonly number[]): NodeView | undefined {
  const copy = copyOf(nodes[view.node]!);
  if (!copy || numEntries(shape) === 0) return undefined;
  const composed = composeViews(shape, view, copy.nest.shape);
  if (!composed || composed.splits.some((sizes) => sizes.length > 1)) return undefined;
  const { strides } = copy.view;
  const seen: NodeView = {
    node: copy.view.node,
    offset: copy.view.offset + composed.starts.reduce((sum, start, b) => sum + start * strides[b]!, 0),
    strides: composed.steps.map((step) => (step ? step.by * strides[step.axis]! : 0)),
  };
  return through(nodes, seen, shape) ?? seen;
}

/** Matrices that run contiguously along neither axis are worth a copy. */
function hasRuns(view: NodeView, rows: number, cols: number): boolean {
  const [down, right] = view.strides.slice(-2) as [number, number];
  return right === 1 || down === 1 || (rows === 1 && right > 0) || (cols === 1 && down > 0);
}

/** The map that a `place` of one part is, if that part fills all of the result. */
function permutation({ shape, parts }: CallOf<"place">): Nest | undefined {
  const [part] = parts;
  if (!part || parts.length !== 1 || numEntries(part.shape) !== numEntries(shape) || part.offset !== 0) return undefined;
  const axes = part.shape.map((size, a) => ({ size, to: part.strides[a]!, from: part.source.strides[a]! })).filter(({ size }) => size > 1);
  axes.sort((a, b) => b.to - a.to);
  let next = 1;
  for (const { size, to } of [...axes].reverse()) {
    if (to !== next) return undefined;
    next *= size;
  }
  const source = { ...part.source, strides: axes.map(({ from }) => from) };
  return { f: { kind: "input", index: 0 }, shape: axes.map(({ size }) => size), inputs: [source] };
}
