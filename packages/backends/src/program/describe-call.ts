import type { Shape } from "../backend.js";
import { print } from "../expr/print.js";
import type { Call } from "./call.js";
import type { Node } from "./graph.js";

/** Longer formulas are cut in listings. */
const maxFormula = 120;

/** A node in a few words: `map x0 + x1 over [64, 10]`, `convolve.apply 5×5, 6→16 channels over [8, 14, 14]`. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case "input":
      return `argument ${node.name ?? node.position}`;
    case "constant":
      return node.values && node.length === 1 ? `constant ${node.values[0]}` : "constant";
    case "draw":
      return `draw from stream ${node.stream}`;
    case "host":
      return "function of the host";
    case "call":
      return describeCall(node.call);
  }
}

/** The kernel's name, as rows of a profile are headed. */
export function kernelName(call: Call): string {
  switch (call.kind) {
    case "convolve":
    case "sparse":
      return `${call.kind}.${call.which}`;
    case "reduce":
      return call.reduction;
    case "mapReduce":
      return `${call.reduction} of map`;
    case "mapArgmaxWindows":
      return "argmaxWindows of map";
    default:
      return call.kind;
  }
}

function describeCall(call: Call): string {
  return `${kernelName(call)} ${details(call)}`;
}

function details(call: Call): string {
  switch (call.kind) {
    case "map":
      return `${formula(call)} over ${sizes(call.shape)}`;
    case "mapReduce":
      return `${formula(call)} over axes ${sizes(call.axes)} of ${sizes(call.shape)}`;
    case "reduce":
      return `over axes ${sizes(call.axes)} of ${sizes(call.shape)}`;
    case "place":
      return `${call.parts.length} part${call.parts.length === 1 ? "" : "s"} in ${sizes(call.shape)}`;
    case "scan":
      return `along ${call.size} of ${sizes([call.outer, call.size, call.inner])}${call.reverse ? ", from the end" : ""}`;
    case "contract": {
      const { batch, m, n, k } = call.sizes;
      return `${batch.length > 0 ? `${sizes(batch)} × ` : ""}${sizes([m, k])} · ${sizes([k, n])}`;
    }
    case "convolve": {
      const { examples, grid, kernel, channelsIn, channelsOut, groups } = call.geometry;
      const grouped = groups > 1 ? ` in ${groups} groups` : "";
      return `${kernel.join("×")}, ${channelsIn}→${channelsOut} channels${grouped} over ${sizes([examples, ...grid])}`;
    }
    case "sparse":
      return `${call.pattern.numRows}×${call.pattern.numCols}, ${call.pattern.rows.length} entries, ${call.examples} examples`;
    case "gather":
    case "scatterAdd": {
      const { outer, size, inner, count } = call.layout;
      return `${count} of ${sizes([outer, size, inner])}`;
    }
    case "argmaxWindows":
      return windows(call.geometry);
    case "mapArgmaxWindows":
      return `${formula(call)}, ${windows(call.geometry)}`;
    case "fft":
    case "realFft":
      return `${call.inverse ? "inverse " : ""}over axes ${sizes(call.axes)} of ${sizes(call.shape)}`;
    case "realFilter":
      return `${call.conjugate ? "conjugate " : ""}over axes ${sizes(call.axes)} of ${sizes(call.shape)}`;
  }
}

function windows({ examples, grid, window, channels }: { examples: number; grid: Shape; window: Shape; channels: number }): string {
  return `${window.join("×")} over ${sizes([examples, ...grid, channels])}`;
}

function formula({ f }: { readonly f: Parameters<typeof print>[0] }): string {
  const text = print(f);
  return text.length <= maxFormula ? text : `${text.slice(0, maxFormula)}…`;
}

export function sizes(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
