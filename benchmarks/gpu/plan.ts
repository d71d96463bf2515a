import type { WorkSpec } from "../works/paramat-task.js";

export type Work = WorkSpec & {
  readonly title: string;
  /** Millions of floating-point operations; 0 if that says nothing. */
  readonly mflop: number;
};

/** What the page is asked to measure. */
export interface Plan {
  readonly modes: readonly string[];
  readonly works: Readonly<Record<string, Work>>;
  readonly rounds: number;
  /** How long a contender's turn in a round lasts, in milliseconds; one run at least. */
  readonly turn: number;
}

/** What the page tells, piece by piece. */
export type News =
  | { readonly kind: "opened"; readonly contenders: readonly Opened[] }
  | { readonly kind: "measured"; readonly measured: MeasuredWork }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: string };

/** A contender, or why there is none. */
export type Opened =
  | {
      readonly mode: string;
      readonly executedOn: string;
      /** Median time to read one number that is there, in milliseconds: no run takes less. */
      readonly read: number;
    }
  | { readonly mode: string; readonly reason: string };

export interface MeasuredWork {
  readonly work: string;
  readonly contenders: Readonly<Record<string, MeasuredContender>>;
}

export type MeasuredContender =
  | Timed
  /** Not timed: what failed, or how its results differ. */
  | { readonly refused: string };

export interface Timed {
  /** Of single runs, each ended by reading one number, in milliseconds. */
  readonly times: readonly number[];
  /** The first run: recording, compiling kernels, and running them. */
  readonly first: number;
  /** ‖x − reference‖/‖reference‖, the largest over the results. */
  readonly difference: number;
  /** Of one run; null where the backend does not count. */
  readonly activity: Activity | null;
}

export interface Activity {
  readonly launches: number;
  readonly uploads: number;
  readonly reads: number;
  /** Compiled for this work. */
  readonly kernels: number;
  /** On the device after the last run. */
  readonly bytes: number;
}
