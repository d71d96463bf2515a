import type { Precision } from "@paramat/backends";

export const DATA = ["digits", "mnist", "fashion-mnist", "optdigits"] as const;
export const BACKENDS = ["cpu-float32", "cpu-float64"] as const satisfies readonly `cpu-${Precision}`[];

export type DataName = (typeof DATA)[number];

/** What the numbers of a training run depend on; kept with its checkpoint. */
export interface RunSettings {
  readonly data: DataName;
  /** First so many training examples; all if null. */
  readonly train: number | null;
  readonly epochs: number;
  readonly batch: number;
  readonly learningRate: number;
  readonly lambda: number;
  readonly seed: number;
  readonly backend: (typeof BACKENDS)[number];
}

/** Those settings that are known: on a command line, or in a checkpoint. */
export type KnownSettings = { readonly [K in keyof RunSettings]?: RunSettings[K] | undefined };
