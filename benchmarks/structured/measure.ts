import type { Backend, Precision } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { compile, randomNormal, rng, type Tree, type Value } from "paramat";
import { contractionsOf, type Family } from "./families.js";

export const contractions = ["apply", "applyTranspose", "jacobianTranspose"] as const;

/** What one contraction takes, in milliseconds. */
export interface Point {
  readonly family: string;
  readonly contraction: (typeof contractions)[number];
  readonly examples: number;
  readonly log: number;
  readonly best: number;
  readonly median: number;
}

export interface MeasureOptions {
  readonly precision: Precision;
  readonly examples: number;
  readonly log: number;
  readonly rounds: number;
  /** Milliseconds that a sample should last. */
  readonly sample: number;
}

interface Task {
  readonly family: string;
  readonly contraction: Point["contraction"];
  readonly run: () => void;
  /** Runs of one sample. */
  readonly repeats: number;
  readonly times: number[];
}

/** All families that reach this n, compiled, in turn, round by round, so that drift of the machine falls on all alike. */
export function measure(families: readonly Family[], options: MeasureOptions): Point[] {
  const { precision, examples, log, rounds, sample } = options;
  const backend = wasm({ precision });
  const points: Point[] = [];
  backend.scope(() => {
    const tasks = families.filter(({ most }) => log <= most).flatMap((family) => tasksOf(family, backend, examples, log, sample));
    for (let round = 0; round < rounds; round++) for (const task of tasks) task.times.push(timed(task.run, task.repeats));
    for (const { family, contraction, times } of tasks) {
      const sorted = [...times].sort((a, b) => a - b);
      points.push({ family, contraction, examples, log, best: sorted[0] as number, median: sorted[sorted.length >> 1] as number });
    }
  });
  return points;
}

function tasksOf(family: Family, backend: Backend, examples: number, log: number, sample: number): Task[] {
  const K = family.build(log);
  const f = contractionsOf(K);
  const stream = rng(log);
  const theta: Tree = K.init(stream, backend);
  const [y, z] = [K.inShape, K.outShape].map((shape) => randomNormal(stream, backend, [examples, ...shape], 1)) as [Value, Value];
  const compiled = { apply: compile(f.apply), applyTranspose: compile(f.applyTranspose), jacobianTranspose: compile(f.jacobianTranspose) };
  const runs = {
    apply: () => compiled.apply(theta, y),
    applyTranspose: () => compiled.applyTranspose(theta, z),
    jacobianTranspose: () => compiled.jacobianTranspose(theta, y, z),
  };
  return contractions.map((contraction) => {
    const run = () => void backend.scope(() => void runs[contraction]());
    // The engine compiles what runs often; then one look at how long it takes.
    for (let k = 0; k < 3; k++) run();
    const once = Math.min(timed(run, 1), timed(run, 1), timed(run, 1));
    const repeats = Math.max(1, Math.min(2000, Math.round(sample / once)));
    timed(run, repeats);
    return { family: family.name, contraction, run, repeats, times: [] };
  });
}

/** Milliseconds of one run. */
function timed(run: () => void, repeats: number): number {
  const start = performance.now();
  for (let k = 0; k < repeats; k++) run();
  return (performance.now() - start) / repeats;
}
