import type { Backend } from "@paramat/backends";
import { type Rng, rng } from "@paramat/core";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Schedule } from "../optimizers/schedules.js";
import { type Finding, seedFor } from "./report.js";

/** The rule with this learning rate, everything else being as it is; one that takes no rate leaves the argument out. */
export type OptimizerMaker = (learningRate: number | Schedule) => Optimizer;

/** What is claimed of a rule, and where it is tried. */
export interface OptimizerLawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** A rate that lowers ½Σp² + ¼Σp⁴ tenfold from entries near ±2 within 400 steps; default 0.05. */
  readonly learningRate?: number;
  /** Whether the k-th step goes by the schedule's k-th rate; default true. Say false where several steps make one update. */
  readonly followsSchedule?: boolean;
  /** Whether it treats all leaves alike, so that it does not see how the parameters are cut into leaves; default true. */
  readonly isBlindToForm?: boolean;
  /** Whether it commutes with orthogonal changes of the variables, as gradient descent does and a rule entry by entry does not; default false. */
  readonly isRotationInvariant?: boolean;
  /** Whether under a constant gradient every step is as long as the first, as the correction of Adam's bias makes it; default false. */
  readonly isSteady?: boolean;
}

export interface OptimizerTrial extends Required<OptimizerLawOptions> {
  readonly make: OptimizerMaker;
  readonly backend: Backend;
  /** A new rule with the rate of the trial. */
  readonly fresh: () => Optimizer;
  readonly stream: Rng;
}

/** One thing that must be so of every update rule that `applies` accepts. */
export interface OptimizerLaw {
  readonly name: string;
  applies(options: Required<OptimizerLawOptions>): boolean;
  check(trial: OptimizerTrial): Finding;
}

export function optimizerTrials(make: OptimizerMaker, backend: Backend, options: OptimizerLawOptions) {
  const settled: Required<OptimizerLawOptions> = {
    seed: 1,
    learningRate: 0.05,
    followsSchedule: true,
    isBlindToForm: true,
    isRotationInvariant: false,
    isSteady: false,
    ...options,
  };
  const { seed, learningRate } = settled;
  const trialOf = (law: string): OptimizerTrial => ({
    ...settled,
    make,
    backend,
    fresh: () => make(learningRate),
    stream: rng(seedFor(seed, law)),
  });
  return { settled, trialOf };
}
