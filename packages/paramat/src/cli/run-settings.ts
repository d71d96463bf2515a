export const DATA = ["digits", "mnist", "fashion-mnist", "optdigits"] as const;
export const BACKENDS = ["wasm", "wasm-float64", "cpu-float32", "cpu-float64", "gpu-headlessgl"] as const;

/** Methods that take all examples in every step, in place of Adam. */
export const MINIMIZERS = ["lbfgs", "newton-cg"] as const;

export type DataName = (typeof DATA)[number];
export type BackendName = (typeof BACKENDS)[number];
export type MinimizerName = (typeof MINIMIZERS)[number];

/** What the numbers of a training run depend on; kept with its checkpoint. */
export interface RunSettings {
  readonly data: DataName;
  /** First so many training examples; all if null. */
  readonly train: number | null;
  /** Adam if null. */
  readonly minimizer: MinimizerName | null;
  /** Iterations, where there is a minimizer. */
  readonly epochs: number;
  /** Examples of a step; where there is a minimizer, of a part of one. */
  readonly batch: number;
  /** Of Adam. */
  readonly learningRate: number;
  readonly lambda: number;
  readonly seed: number;
  readonly backend: BackendName;
  /** Of a WASM backend; sums are cut for them, so their last bits depend on it. */
  readonly threads: number;
}

/** Those settings that are known: on a command line, or in a checkpoint. */
export type KnownSettings = { readonly [K in keyof RunSettings]?: RunSettings[K] | undefined };
