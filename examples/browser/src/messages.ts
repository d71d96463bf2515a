import type { BatchProgress, EpochRecord } from "paramat";
import type { NamedBytes } from "./data-of.js";
import type { Settings } from "./settings.js";

/** What the page asks of the worker that trains. */
export type Request =
  | { readonly kind: "start"; readonly settings: Settings; readonly files: readonly NamedBytes[] }
  | { readonly kind: "load"; readonly checkpoint: NamedBytes; readonly files: readonly NamedBytes[] }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "save" }
  /** Pixels are those of the data's images, row by row, 0 … 1. */
  | { readonly kind: "classify"; readonly pixels: Float32Array }
  | { readonly kind: "example" };

/** Where a run stands. */
export type Phase = "idle" | "preparing" | "training" | "paused" | "finished" | "failed";

/** What the worker tells the page. */
export type Report =
  | { readonly kind: "phase"; readonly phase: Phase; readonly text: string }
  | { readonly kind: "ready"; readonly run: RunFacts }
  /** `activity` in words, of a GPU: launches, transfers, memory. */
  | { readonly kind: "progress"; readonly progress: BatchProgress; readonly activity: string | null }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "classified"; readonly probabilities: Float32Array }
  | { readonly kind: "example"; readonly pixels: Float32Array; readonly label: number; readonly probabilities: Float32Array }
  | { readonly kind: "saved"; readonly bytes: Uint8Array; readonly name: string }
  /** Something that was asked for cannot be done; the run goes on as it was. */
  | { readonly kind: "refused"; readonly text: string };

/** What is known of a run once it is made. */
export interface RunFacts {
  readonly settings: Settings;
  /** Of an image, [height, width, 1]. */
  readonly shape: readonly number[];
  readonly classes: readonly string[];
  /** The model in words, and the number of its parameters. */
  readonly model: string;
  readonly numParams: number;
  readonly numTrain: number;
  readonly numTest: number;
  readonly executedOn: string;
}

/** The parameters at one time, and the way there. */
export interface Snapshot {
  /** In the order of the leaves of the network's tree. */
  readonly leaves: readonly Float32Array[];
  readonly history: readonly EpochRecord[];
  readonly trace: readonly TracePoint[];
  /** Whether nothing will come after this one for a while. */
  readonly isLast: boolean;
}

/** The mean loss of some batches, at an epoch. */
export interface TracePoint {
  readonly epoch: number;
  readonly loss: number;
}
