import type { Shape } from "../../backend.js";
import { input } from "../../expr.js";
import type { Call, CallOf } from "../call.js";
import type { CallNode, Graph, Node } from "../graph.js";
import { inlined, type Nest, wholeView } from "../nest.js";
import { rewrite, usersOf } from "../rewrite.js";
import { type Absorbers, vanishes } from "./fused-maps.js";

/** Reductions of maps, and searches for the maxima of maps, compute the map as they go. For targets with fused kernels. */
export function withFusedReductions(graph: Graph, absorbers: Absorbers): Graph {
  if (!absorbers.reductions) return graph;
  const users = usersOf(graph);
  return rewrite(graph, (node, draft, old) => {
    const before = graph.nodes[old]!;
    if (before.kind !== "call" || node.kind !== "call" || (before.call.kind !== "reduce" && before.call.kind !== "argmaxWindows")) {
      return draft.emit(node);
    }
    const open = vanishes(graph, before.call.input, users[before.call.input]!, absorbers);
    const fused = open ? fusedCall(node.call, draft.nodes) : undefined;
    return draft.emit(fused ? { ...node, call: fused } : node);
  });
}

function fusedCall(call: CallNode["call"], nodes: readonly Node[]): Call | undefined {
  if (call.kind === "reduce") return fusedReduce(call, nodes);
  if (call.kind !== "argmaxWindows") return undefined;
  const { geometry } = call;
  const nest = seenThrough(nodes, call.input, [geometry.examples, ...geometry.grid, geometry.channels]);
  return nest?.splits.every((sizes) => sizes.length === 1)
    ? { kind: "mapArgmaxWindows", geometry, f: nest.f, inputs: nest.inputs }
    : undefined;
}

function fusedReduce({ reduction, shape, axes, input: read }: CallOf<"reduce">, nodes: readonly Node[]): Call | undefined {
  const nest = seenThrough(nodes, read, shape);
  if (!nest) return undefined;
  // The place of a maximum is counted along one axis, which must stay one.
  if (reduction === "argmax") {
    return nest.splits.every((sizes) => sizes.length === 1)
      ? { kind: "mapReduce", reduction, f: nest.f, shape: nest.shape, axes, inputs: nest.inputs }
      : undefined;
  }
  const vanishing = nest.splits.flatMap((sizes, a) => sizes.map(() => axes.includes(a)));
  const loops = merged(nest, vanishing);
  // A reduction over axes of size 1 gives what it is given.
  return loops.axes.length === 0
    ? { kind: "map", f: nest.f, shape: loops.shape, inputs: loops.inputs }
    : { kind: "mapReduce", reduction, f: nest.f, ...loops };
}

function seenThrough(nodes: readonly Node[], read: number, shape: Shape) {
  const producer = nodes[read]!;
  if (producer.kind !== "call" || producer.call.kind !== "map") return undefined;
  return inlined({ f: input(0), shape, inputs: [wholeView(read, shape)] }, 0, producer.call);
}

/** Neighbouring axes that both vanish or both stay, and that every input walks through with one stride, as one. */
function merged({ shape, inputs }: Nest, vanishing: readonly boolean[]) {
  const axes: { size: number; vanishes: boolean; strides: number[] }[] = [];
  shape.forEach((size, a) => {
    if (size === 1) return;
    const strides = inputs.map((view) => view.strides[a]!);
    const last = axes.at(-1);
    if (last && last.vanishes === vanishing[a] && last.strides.every((stride, j) => stride === strides[j]! * size)) {
      axes[axes.length - 1] = { ...last, size: last.size * size, strides };
    } else axes.push({ size, vanishes: vanishing[a]!, strides });
  });
  return {
    shape: axes.map(({ size }) => size),
    axes: axes.flatMap((axis, a) => (axis.vanishes ? [a] : [])),
    inputs: inputs.map((view, j) => ({ ...view, strides: axes.map(({ strides }) => strides[j]!) })),
  };
}
