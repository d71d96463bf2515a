import type { Backend } from "@paramat/backends";
import { type Rng, rng } from "@paramat/core";
import type { Minimizer } from "../minimize/minimizer.js";
import { type Finding, seedFor } from "./report.js";

/** What is claimed of a method, and how hard it is tried. */
export interface MinimizerLawOptions {
  /** Default 1. */
  readonly seed?: number;
  /** Of the quadratics whose minimizer it is to find; default 100. */
  readonly condition?: number;
  /** How near, with this as the tolerance of the gradient; default 1e-10. */
  readonly tolerance?: number;
  /** Default 5000. */
  readonly maxIterations?: number;
  /** Whether the value never rises by more than its rounding; default true. */
  readonly isMonotone?: boolean;
  /** Whether it commutes with orthogonal changes of the variables; default true. */
  readonly isRotationInvariant?: boolean;
}

export interface MinimizerTrial extends Required<MinimizerLawOptions> {
  readonly minimize: Minimizer;
  readonly backend: Backend;
  readonly stream: Rng;
}

/** One thing that must be so of every method that `applies` accepts. */
export interface MinimizerLaw {
  readonly name: string;
  applies(options: Required<MinimizerLawOptions>): boolean;
  check(trial: MinimizerTrial): Promise<Finding>;
}

export function minimizerTrials(minimize: Minimizer, backend: Backend, options: MinimizerLawOptions) {
  const settled: Required<MinimizerLawOptions> = {
    seed: 1,
    condition: 100,
    tolerance: 1e-10,
    maxIterations: 5000,
    isMonotone: true,
    isRotationInvariant: true,
    ...options,
  };
  const trialOf = (law: string): MinimizerTrial => ({ ...settled, minimize, backend, stream: rng(seedFor(settled.seed, law)) });
  return { settled, trialOf };
}
