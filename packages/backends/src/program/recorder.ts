import type { Backend, Buffer, IndexBuffer } from "../backend.js";
import { BackendError } from "../errors.js";
import type { Call, NodePart, NodeView } from "./call.js";
import { type CallKey, callKeys } from "./call-key.js";
import { callLength, givesIndex } from "./call-length.js";
import type { ConstantNode, DrawNode, Graph, Node } from "./graph.js";
import { constantOf, requireSameNode, requireSameResults, roundedTo } from "./recorded-nodes.js";
import { atUserLine } from "./user-line.js";

/** A backend that computes nothing: it writes down what it is asked. */
export interface Recorder {
  /** Takes arrays of the target too: they become constants of the program. `records` is the target. */
  readonly backend: Backend;
  /** Argument number `position`, of `length` numbers; people read its `name`, if it has one. */
  input(position: number, length: number, name?: string): Buffer;
  /** Numbers that each run draws from its source number `stream`. */
  draw(stream: number, length: number, fill: DrawNode["fill"]): Buffer;
  /** What was recorded, with these buffers as results. Nothing can be recorded after. */
  finish(outputs: readonly Buffer[]): Graph;
}

/** A buffer of a recorder: `node` of the recording that `owner` stands for. */
interface SymbolicBuffer extends Buffer {
  readonly node: number;
  readonly owner: object;
}

/**
 * Records calls for `target`.
 * @param earlier a recording of the same function, which this one must repeat: a difference means that something other than the arguments decides
 * what is computed, a random number or a clock, say, and would be frozen
 * @throws BackendError (from its kernels) where the recording differs from `earlier`, where a value is read that is known only when the program
 * runs, and for buffers of another recording; each names the user's line
 */
export function recorder(target: Backend, earlier?: Graph): Recorder {
  const owner = {};
  const nodes: Node[] = [];
  const nodeOfForeign = new Map<Buffer | IndexBuffer, number>();
  const keyOf: CallKey = callKeys();
  let recording = true;

  const push = (node: Node): SymbolicBuffer => {
    if (!recording) throw late("something is computed with it");
    if (earlier) requireSameNode(target, keyOf, earlier.nodes[nodes.length], node);
    const made = { length: node.length, node: nodes.push(node) - 1, owner };
    return node.kind !== "input" && node.kind !== "draw" && node.kind !== "host" && node.isIndex
      ? Object.assign(made, { isIndex: true })
      : made;
  };
  const nodeOf = (buffer: Buffer | IndexBuffer): number => {
    if (isSymbolic(buffer)) {
      if (buffer.owner === owner) return buffer.node;
      throw late("it is used in another recording");
    }
    const known = nodeOfForeign.get(buffer);
    if (known !== undefined) return known;
    // A scope may end before the program runs, in the function or around it.
    target.retain?.(buffer);
    const { node } = push(constantOf(target, buffer));
    nodeOfForeign.set(buffer, node);
    return node;
  };
  const record = (call: Call): SymbolicBuffer => push({ kind: "call", call, length: callLength(call), isIndex: givesIndex(call) });
  const recordIndex = (call: Call): IndexBuffer => record(call) as Buffer as IndexBuffer;
  const known = (buffer: Buffer): Float64Array | Float32Array => {
    if (isSymbolic(buffer) && buffer.owner === owner && recording) {
      const { values } = nodes[buffer.node] as ConstantNode;
      if (values) return values.slice() as Float64Array | Float32Array;
    } else if (!isSymbolic(buffer) && target.readSync) return target.readSync(buffer);
    throw isSymbolic(buffer) && !(buffer.owner === owner && recording) ? late("it is read") : unknownValue();
  };
  const view = ({ buffer, offset, strides }: { buffer: Buffer; offset: number; strides: readonly number[] }): NodeView => ({
    node: nodeOf(buffer),
    offset,
    strides,
  });

  const backend: Backend = {
    name: `${target.name} (being compiled)`,
    precision: target.precision,
    epsilon: target.epsilon,
    records: target,
    upload: (values) => push(uploaded(roundedTo(target.precision, values), false)),
    uploadIndex: (values) => push(uploaded(Int32Array.from(values), true)) as Buffer as IndexBuffer,
    read: async (buffer) => known(buffer),
    readSync: known,
    map: (f, shape, inputs) => record({ kind: "map", f, shape, inputs: inputs.map(view) }),
    place: (shape, parts) =>
      record({ kind: "place", shape, parts: parts.map((part): NodePart => ({ ...part, source: view(part.source) })) }),
    reduce: (reduction, shape, axes, input) => record({ kind: "reduce", reduction, shape, axes, input: nodeOf(input) }),
    scan: (outer, size, inner, reverse, input) => record({ kind: "scan", outer, size, inner, reverse, input: nodeOf(input) }),
    contract: (sizes, a, b) => record({ kind: "contract", sizes, a: view(a), b: view(b) }),
    convolve: (which, geometry, a, b) => record({ kind: "convolve", which, geometry, a: nodeOf(a), b: nodeOf(b) }),
    sparse: (which, pattern, examples, a, b) => record({ kind: "sparse", which, pattern, examples, a: nodeOf(a), b: nodeOf(b) }),
    gather: (layout, input, index) => record({ kind: "gather", layout, input: nodeOf(input), index: nodeOf(index) }),
    scatterAdd: (layout, input, index) => record({ kind: "scatterAdd", layout, input: nodeOf(input), index: nodeOf(index) }),
    argmaxWindows: (geometry, input) => recordIndex({ kind: "argmaxWindows", geometry, input: nodeOf(input) }),
    fft: (shape, axes, inverse, input) => record({ kind: "fft", shape, axes, inverse, input: nodeOf(input) }),
    ...(target.fused && {
      fused: {
        mapReduce: (reduction, f, shape, axes, inputs) =>
          record({ kind: "mapReduce", reduction, f, shape, axes, inputs: inputs.map(view) }),
        mapArgmaxWindows: (geometry, f, inputs) => recordIndex({ kind: "mapArgmaxWindows", geometry, f, inputs: inputs.map(view) }),
        realFft: (shape, axes, inverse, input) => record({ kind: "realFft", shape, axes, inverse, input: nodeOf(input) }),
        realFilter: (shape, axes, conjugate, input, spectrum) =>
          record({ kind: "realFilter", shape, axes, conjugate, input: nodeOf(input), spectrum: nodeOf(spectrum) }),
      },
    }),
    scope: (body) => body(),
    hostMap: (f, input) => push({ kind: "host", length: 1, f, input: nodeOf(input) }),
  };
  return {
    backend,
    input: (position, length, name) => push({ kind: "input", position, length, ...(name !== undefined && { name }) }),
    draw: (stream, length, fill) => push({ kind: "draw", stream, length, fill }),
    finish(outputs) {
      const results = outputs.map(nodeOf);
      recording = false;
      if (earlier) requireSameResults(earlier, { nodes, outputs: results });
      return { nodes, outputs: results };
    },
  };
}

function uploaded(values: Float64Array | Float32Array | Int32Array, isIndex: boolean): ConstantNode {
  return { kind: "constant", length: values.length, isIndex, values };
}

function isSymbolic(buffer: Buffer | IndexBuffer): buffer is SymbolicBuffer {
  return "owner" in buffer;
}

function unknownValue(): BackendError {
  return new BackendError(
    `compile: a value is read while the function is being recorded${atUserLine()}; its numbers are known only when the program runs: ` +
      "return it and read the result, or choose between values with where(condition, a, b) in place of if",
  );
}

function late(what: string): BackendError {
  return new BackendError(
    `compile: an array was kept from the recording of a compiled function, and ${what}${atUserLine()}; it stands for no numbers: ` +
      "return it from the function, and use the result",
  );
}
