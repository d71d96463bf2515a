import type { WindowGeometry } from "../backend.js";
import { input } from "../expr.js";
import type { CallOf } from "./call.js";
import { numEntries } from "./call-length.js";
import type { Node } from "./graph.js";
import { inlined, isWhole, type Nest, wholeView } from "./nest.js";

/** The windows whose maxima a gather reads, or a scatter fills: its index is what argmaxWindows gave, over the whole buffer. Else undefined. */
export function windowsOf(nodes: readonly Node[], { layout, index }: CallOf<"gather"> | CallOf<"scatterAdd">): WindowGeometry | undefined {
  const positions = nodes[index]!;
  if (positions.kind !== "call" || layout.outer !== 1 || layout.inner !== 1) return undefined;
  const { call } = positions;
  if (call.kind !== "argmaxWindows" && call.kind !== "mapArgmaxWindows") return undefined;
  const { examples, grid, channels } = call.geometry;
  return layout.size === examples * numEntries(grid) * channels && layout.count > 0 ? call.geometry : undefined;
}

/** Whether no cell lies in two windows, so that no position is met twice. */
export function areApart({ window, stride }: WindowGeometry): boolean {
  return window.every((size, a) => size <= stride[a]!);
}

/** What a map reads, input by input, when its result is seen as [rows, channels]: all entries in order, or the same for each row. */
export interface ChannelNest {
  readonly f: Nest["f"];
  readonly inputs: readonly (
    | { readonly kind: "all"; readonly node: number }
    | { readonly kind: "channels"; readonly node: number; readonly offset: number; readonly stride: number }
  )[];
}

/** A map node's formula over [length/channels, channels]; undefined where an input is read in another way. */
export function byChannel(nodes: readonly Node[], id: number, channels: number): ChannelNest | undefined {
  const node = nodes[id]!;
  if (node.kind !== "call" || node.call.kind !== "map") return undefined;
  const shape = [node.length / channels, channels];
  const seen = inlined({ f: input(0), shape, inputs: [wholeView(id, shape)] }, 0, node.call);
  if (!seen || seen.splits[1]!.length !== 1) return undefined;
  const inputs: ChannelNest["inputs"][number][] = [];
  for (const view of seen.inputs) {
    const { node: read, offset, strides } = view;
    if (isWhole(view, seen.shape, nodes[read]!.length)) inputs.push({ kind: "all", node: read });
    else if (strides.slice(0, -1).every((stride) => stride === 0))
      inputs.push({ kind: "channels", node: read, offset, stride: strides.at(-1)! });
    else return undefined;
  }
  return { f: seen.f, inputs };
}

/** The formula over the maxima of windows: `at(node)` stands for the entries of a node at the positions of the maxima, in their order. */
export function atMaxima({ f, inputs }: ChannelNest, count: number, channels: number, at: (node: number) => number): CallOf<"map"> {
  const shape = [count / channels, channels];
  return {
    kind: "map",
    f,
    shape,
    inputs: inputs.map((read) =>
      read.kind === "all" ? wholeView(at(read.node), shape) : { node: read.node, offset: read.offset, strides: [0, read.stride] },
    ),
  };
}
