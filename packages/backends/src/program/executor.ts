import type { Backend, Buffer } from "../backend.js";
import { BackendError } from "../errors.js";
import { type Arena, canReplay, type ReplayingBackend, type Slot } from "./arena.js";
import { readsOf } from "./call-operands.js";
import { type EagerArena, eagerArena } from "./eager-arena.js";
import type { CallNode, DrawNode, Graph, HostNode, Node } from "./graph.js";
import { onTarget } from "./passes/constant-folding.js";
import { isComputed, type MemoryPlan } from "./plan-memory.js";

/** A program ready to run, step by step. */
export interface Executor {
  /** What a run does, in order. */
  readonly steps: readonly Step[];
  /**
   * One run. @param streams what draws draw from, by number; null draws nothing and takes the numbers of the last run
   * @param set where outputs go: a set of places, or fresh buffers if null
   * @param around is given each step in turn, and must run it
   */
  run(inputs: readonly Buffer[], streams: readonly unknown[] | null, set: number | null, around?: (step: Step) => void): readonly Buffer[];
}

export interface Step {
  readonly id: number;
  readonly node: CallNode | DrawNode | HostNode;
  readonly run: () => void;
}

/** Prepares every step on the target's working memory, or kernel by kernel where it has none. */
export function createExecutor(graph: Graph, plan: MemoryPlan, target: Backend): Executor {
  const { nodes, outputs } = graph;
  // Working memory and constants must outlive the scope in which a program happens to be compiled.
  return (target.unscoped ?? justRun)(() => {
    const slots = nodes.map((node, id): Slot => {
      if (node.kind === "constant") return { place: "constant", buffer: onTarget(target, node), length: node.length };
      return plan.slots[id]!;
    });
    const eager = canReplay(target) ? undefined : eagerArena(target, plan.arena);
    const arena: Arena = eager ?? (target as ReplayingBackend).arena(plan.arena);
    const finished = eager ? lastReads(nodes, slots) : [];
    let streams: readonly unknown[] | null = null;
    const runOf = (node: Step["node"], id: number): (() => void) => {
      const run = prepared(arena, node, slots, slots[id]!, () => streams);
      return eager ? dropping(finished[id]!, eager, run) : run;
    };
    const steps = nodes.flatMap((node, id): Step[] => (isStep(node) ? [{ id, node, run: runOf(node, id) }] : []));
    const collect = (inputs: readonly Buffer[], made: readonly Buffer[]): readonly Buffer[] =>
      outputs.map((id) => {
        const slot = slots[id]!;
        if (slot.place === "input") return inputs[slot.position]!;
        return slot.place === "constant" ? (slot.buffer as Buffer) : made[(slot as Extract<Slot, { place: "output" }>).position]!;
      });
    const run: Executor["run"] = (inputs, from, set, around) => {
      streams = from;
      arena.begin(inputs, set);
      if (around) for (const step of steps) around(step);
      else for (let i = 0; i < steps.length; i++) steps[i]!.run();
      streams = null;
      return collect(inputs, arena.end());
    };
    // Without working memory every result is a buffer, which a scope frees.
    return { steps, run: canReplay(target) ? run : (...args) => target.scope(() => run(...args)) };
  });
}

/** For each node, the nodes that it is the last to read and that are neither inputs, constants nor results. */
function lastReads(nodes: readonly Node[], slots: readonly Slot[]): readonly (readonly number[])[] {
  const last = new Map<number, number>();
  nodes.forEach((node, id) => {
    for (const read of readsOf(node)) if (slots[read]!.place === "arena") last.set(read, id);
  });
  const finished: number[][] = nodes.map(() => []);
  for (const [read, id] of last) finished[id]!.push(read);
  return finished;
}

/** The step, and after it the end of what it was the last to read. */
function dropping(finished: readonly number[], arena: EagerArena, run: () => void): () => void {
  if (finished.length === 0) return run;
  return () => {
    run();
    for (const node of finished) arena.drop(node);
  };
}

function prepared(
  arena: Arena,
  node: Step["node"],
  slots: readonly Slot[],
  out: Slot,
  streams: () => readonly unknown[] | null,
): () => void {
  if (node.kind === "call") return arena.prepare(node.call, (id) => slots[id]!, out);
  const numbers = new Float64Array(node.length);
  if (node.kind === "draw") {
    return () => {
      const sources = streams();
      if (sources) node.fill(sources[node.stream], numbers);
      arena.write(out, numbers);
    };
  }
  const from = slots[node.input]!;
  const { read } = arena;
  if (!read)
    throw new BackendError("compile: a function of the host reads a number in each run, and this backend cannot be read without waiting");
  return () => {
    numbers[0] = node.f(read(from));
    arena.write(out, numbers);
  };
}

function isStep(node: Node): node is Step["node"] {
  return isComputed(node);
}

function justRun<T>(body: () => T): T {
  return body();
}
