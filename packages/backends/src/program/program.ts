import type { Backend, Buffer } from "../backend.js";
import { BackendError } from "../errors.js";
import { createExecutor } from "./executor.js";
import type { Graph } from "./graph.js";
import { optimize } from "./optimize.js";
import { withOwnOutputs } from "./own-outputs.js";
import { planMemory } from "./plan-memory.js";
import { profileOf } from "./profile.js";
import type { Profile } from "./profile-rows.js";
import { countProgram, type ProgramCount, traffic } from "./program-count.js";
import { listProgram } from "./program-listing.js";
import { drawDot, drawMermaid } from "./program-picture.js";

/** A recorded function, simplified and planned: it can be run again and again, printed, drawn, counted and timed. */
export interface Program {
  readonly target: Backend;
  /** What is computed, after all passes. */
  readonly graph: Graph;
  /**
   * One run.
   * @param inputs by position, of the recorded lengths
   * @param streams what draws draw from, by number
   * @returns the results. With `carry` they lie in one of two sets of places, in turn, and are overwritten by the run after the next
   */
  run(inputs: readonly Buffer[], streams?: readonly unknown[]): readonly Buffer[];
  count(): ProgramCount;
  /** One line for each kernel: what it computes, of what, how much, and where its result lies. */
  toString(): string;
  /** A flow chart in Mermaid's language. */
  toMermaid(): string;
  /** The same graph in Graphviz's language. */
  toDot(): string;
  /**
   * Times each kernel, by running the last run again. @param runs default 20
   * @throws BackendError before the first run, and where the backend cannot wait for its kernels
   */
  profile(runs?: number): Profile;
}

export interface ProgramOptions {
  /** Lengths of the arguments, by position. */
  readonly inputs: readonly number[];
  /** Whether results alternate between two sets of places in place of being fresh. Default false. */
  readonly carry?: boolean;
}

/** The program for what a recorder of `target` has recorded. */
export function createProgram(recording: Graph, target: Backend, options: ProgramOptions): Program {
  const { inputs, carry = false } = options;
  const simplified = simplify(recording, target);
  return runnable(carry ? withOwnOutputs(simplified) : simplified, target, inputs, carry);
}

/** Apart from the recording, whose uploads are not kept. */
function runnable(graph: Graph, target: Backend, inputs: readonly number[], carry: boolean): Program {
  const plan = planMemory(graph, target.precision, inputs, carry ? 2 : 0);
  const executor = createExecutor(graph, plan, target);
  let runs = 0;
  let last: readonly Buffer[] | null = null;
  return {
    target,
    graph,
    run(given, streams = []) {
      last = given;
      return executor.run(given, streams, carry ? runs++ % 2 : null);
    },
    count: () => countProgram(graph, plan, target.precision),
    toString: () => listProgram(graph, plan, target),
    toMermaid: () => drawMermaid(graph),
    toDot: () => drawDot(graph),
    profile(times = 20) {
      if (!target.readSync)
        throw new BackendError(`profile: ${target.name} cannot wait for a kernel, so kernels cannot be timed one by one`);
      if (!last) throw new BackendError("profile: the program has not run yet, and there is nothing to run again; run it once first");
      return profileOf(executor, ({ node }) => traffic(graph, node, target.precision), last, target, times);
    },
  };
}

/** Constants that are worked out here must outlive the scope that is open. */
function simplify(recording: Graph, target: Backend): Graph {
  return target.unscoped ? target.unscoped(() => optimize(recording, target)) : optimize(recording, target);
}
