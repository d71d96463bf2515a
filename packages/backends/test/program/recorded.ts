import type { Backend, Buffer, FusedKernels, IndexBuffer } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";
import type { ReplayingBackend } from "../../src/program/arena.js";
import type { Call } from "../../src/program/call.js";
import type { Graph } from "../../src/program/graph.js";
import { recorder } from "../../src/program/recorder.js";
import { runCall } from "../../src/program/run-call.js";

/** The graph of what `body` asks of a backend, given buffers of these lengths. */
export function recorded(lengths: readonly number[], body: (backend: Backend, inputs: readonly Buffer[]) => readonly Buffer[]): Graph {
  const recording = recorder(cpu());
  const inputs = lengths.map((length, i) => recording.input(i, length));
  return recording.finish(body(recording.backend, inputs));
}

/** The calls of a graph, in order. */
export function callsOf({ nodes }: Graph): readonly Call[] {
  return nodes.flatMap((node) => (node.kind === "call" ? [node.call] : []));
}

export function kindsOf(graph: Graph): readonly string[] {
  return callsOf(graph).map(({ kind }) => kind);
}

/** cpu with kernels for reductions of maps, made of two kernels each, and without working memory. */
export function cpuWithFused(): Backend {
  const { arena: _arena, ...base } = cpu() as ReplayingBackend;
  return {
    ...base,
    fused: {
      mapReduce: (kind, f, shape, axes, inputs) => base.reduce(kind, shape, axes, base.map(f, shape, inputs)),
      mapArgmaxWindows: (geometry, f, inputs) =>
        base.argmaxWindows(geometry, base.map(f, [geometry.examples, ...geometry.grid, geometry.channels], inputs)),
    } as FusedKernels,
  };
}

/** What the graph's results are for these arguments, node by node. */
export function evaluated(graph: Graph, inputs: readonly (readonly number[])[]): number[][] {
  const backend = cpuWithFused();
  const values: (Buffer | IndexBuffer)[] = [];
  for (const node of graph.nodes) {
    if (node.kind === "input") values.push(backend.upload(inputs[node.position]!));
    else if (node.kind === "constant") values.push(node.buffer ?? backend.upload(node.values!));
    else if (node.kind === "call") values.push(runCall(backend, node.call, (id) => values[id]!));
    else throw new Error(`a ${node.kind} has no value here`);
  }
  return graph.outputs.map((id) => Array.from(backend.readSync!(values[id] as Buffer)));
}
