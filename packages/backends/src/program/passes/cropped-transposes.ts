import type { ConvGeometry, Shape } from "../../backend.js";
import { input } from "../../expr.js";
import { convOutGrid } from "../../out-grid.js";
import type { Call, CallOf, NodeView } from "../call.js";
import { numEntries } from "../call-length.js";
import { composeViews } from "../compose-views.js";
import type { CallNode, Graph, Node } from "../graph.js";
import { rowMajor, wholeView } from "../nest.js";
import { type Draft, rewrite, usersOf } from "../rewrite.js";

/**
 * Kᵀz of which only the inside is read (the border was an extension by zeros) is a convolution of z in a border of its own with the kernel turned round:
 * y_u = Σ_j θ_j z_{u − d(k−1−j)}. It gives the inside alone, by the kernel that is fastest; with a border of width (k − 1)/2 that saves a third or so.
 * @remarks Where θ is infinite, its products with that border of zeros are NaN.
 */
export function withCroppedTransposes(graph: Graph): Graph {
  const users = usersOf(graph);
  const boxes = graph.nodes.map((node, id) => {
    const geometry = transposedGeometry(node);
    return geometry && !graph.outputs.includes(id) ? boxRead(graph, id, geometry, users[id]!) : undefined;
  });
  // Draft number of a cropped result → what it stands for.
  const cropped = new Map<number, Box>();
  return rewrite(graph, (node, draft, old) => {
    const box = boxes[old];
    if (box) {
      const made = insideOnly(draft, (node as CallNode).call as CallOf<"convolve">, box);
      cropped.set(made, box);
      return made;
    }
    return draft.emit(withViewsMoved(node, cropped));
  });
}

/** What is read of [examples, ...grid, channels]: from `low` to `high` − 1 along each axis of the grid. */
interface Box {
  readonly full: Shape;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function transposedGeometry(node: Node): ConvGeometry | undefined {
  if (node.kind !== "call" || node.call.kind !== "convolve" || node.call.which !== "applyTranspose" || node.length === 0) return undefined;
  const { geometry } = node.call;
  return geometry.stride.every((s) => s === 1) && numEntries(convOutGrid(geometry)) > 0 ? geometry : undefined;
}

/** The box that all readers stay in, no more cut off than the border can make up for; undefined where that is everything, or a reader is not a map. */
function boxRead({ nodes }: Graph, id: number, geometry: ConvGeometry, users: readonly number[]): Box | undefined {
  const { examples, grid, kernel, dilation, channelsIn } = geometry;
  const full = [examples, ...grid, channelsIn];
  const low = [...grid];
  const high = grid.map(() => 0);
  for (const user of users) {
    const reader = nodes[user]!;
    if (reader.kind !== "call" || (reader.call.kind !== "map" && reader.call.kind !== "mapReduce")) return undefined;
    const { shape, inputs } = reader.call;
    for (const view of inputs.filter(({ node }) => node === id)) {
      const moves = movesOf(shape, view, full);
      if (!moves) return undefined;
      grid.forEach((_, a) => {
        const ends = moves.map(({ axis, reach }) => (axis === a + 1 ? reach : 0));
        const start = startsOf(view, full)[a + 1]!;
        low[a] = Math.min(
          low[a]!,
          ends.reduce((sum, reach) => sum + Math.min(0, reach), start),
        );
        high[a] = Math.max(
          high[a]!,
          ends.reduce((sum, reach) => sum + Math.max(0, reach), start + 1),
        );
      });
    }
  }
  const border = kernel.map((k, a) => dilation[a]! * (k - 1));
  const box = {
    full,
    low: low.map((n, a) => Math.min(n, border[a]!)),
    high: high.map((n, a) => Math.max(n, grid[a]! - border[a]!)),
  };
  return box.low.some((n) => n > 0) || box.high.some((n, a) => n < grid[a]!) ? box : undefined;
}

/** Along which axis of `full` each axis of the walk moves, and how far; undefined where one axis of the walk is several there. */
function movesOf(shape: Shape, view: NodeView, full: Shape): readonly { readonly axis: number; readonly reach: number }[] | undefined {
  const composed = composeViews(shape, view, full);
  if (!composed?.splits.every((sizes) => sizes.length === 1)) return undefined;
  return composed.steps.map((step, a) => (step ? { axis: step.axis, reach: step.by * (shape[a]! - 1) } : { axis: -1, reach: 0 }));
}

function startsOf({ offset }: NodeView, full: Shape): readonly number[] {
  const rows = rowMajor(full);
  return full.map((n, b) => Math.floor(offset / rows[b]!) % n);
}

/** The convolution that gives the box of Kᵀz. */
function insideOnly(draft: Draft, { geometry, a: theta, b: z }: CallOf<"convolve">, { low, high }: Box): number {
  const { examples, grid, kernel, dilation, groups, channelsIn, channelsOut } = geometry;
  const emit = (call: Call, shape: Shape): number => draft.emit({ kind: "call", call, length: numEntries(shape), isIndex: false });
  const border = kernel.map((k, a) => dilation[a]! * (k - 1));
  const outGrid = convOutGrid(geometry);
  const before = border.map((width, a) => width - low[a]!);
  const after = border.map((width, a) => width - (grid[a]! - high[a]!));
  const padded = [examples, ...outGrid.map((n, a) => before[a]! + n + after[a]!), channelsOut];
  const strides = rowMajor(padded);
  const inside = [examples, ...outGrid, channelsOut];
  const offset = before.reduce((sum, n, a) => sum + n * strides[a + 1]!, 0);
  const source = wholeView(z, inside);
  const framed = emit({ kind: "place", shape: padded, parts: [{ source, shape: inside, offset, strides }] }, padded);
  // θ'[j, o, c] = θ[k − 1 − j, c, o], the channels of each group among themselves.
  const [perIn, perOut] = [channelsIn / groups, channelsOut / groups];
  const own = rowMajor([...kernel, perIn, channelsOut]);
  const turnedShape = [...kernel, perOut, groups, perIn];
  const view: NodeView = {
    node: theta,
    offset: kernel.reduce((sum, k, a) => sum + (k - 1) * own[a]!, 0),
    strides: [...kernel.map((_, a) => -own[a]!), 1, perOut, channelsOut],
  };
  const turned = emit({ kind: "map", f: input(0), shape: turnedShape, inputs: [view] }, turnedShape);
  const result: ConvGeometry = { ...geometry, grid: padded.slice(1, -1), channelsIn: channelsOut, channelsOut: channelsIn };
  const shape = [examples, ...low.map((from, a) => high[a]! - from), channelsIn];
  return emit({ kind: "convolve", which: "apply", geometry: result, a: turned, b: framed }, shape);
}

/** The same node with its views of what was cropped counted from the box's corner. */
function withViewsMoved(node: Node, cropped: ReadonlyMap<number, Box>): Node {
  if (node.kind !== "call" || (node.call.kind !== "map" && node.call.kind !== "mapReduce")) return node;
  const { shape, inputs } = node.call;
  if (!inputs.some((view) => cropped.has(view.node))) return node;
  const moved = inputs.map((view): NodeView => {
    const box = cropped.get(view.node);
    if (!box) return view;
    const { full, low, high } = box;
    const rows = rowMajor([full[0]!, ...low.map((from, a) => high[a]! - from), full.at(-1)!]);
    const { starts, steps } = composeViews(shape, view, full)!;
    const offset = starts.reduce((sum, start, b) => sum + (start - (low[b - 1] ?? 0)) * rows[b]!, 0);
    return { ...view, offset, strides: steps.map((step) => (step ? step.by * rows[step.axis]! : 0)) };
  });
  return { ...node, call: { ...node.call, inputs: moved } };
}
