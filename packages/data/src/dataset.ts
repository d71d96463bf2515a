/**
 * Labelled images: example e is `images[e·numIn … (e+1)·numIn − 1]`, with numIn the product of the data set's `shape`, and its class
 * is `labels[e]`.
 */
export interface Split {
  readonly size: number;
  /** [size, ...shape], grey values scaled to 0 … 1. */
  readonly images: Float32Array;
  /** [size], positions in the data set's `classes`. */
  readonly labels: Uint8Array;
}

/** Two disjoint splits of examples of one shape. */
export interface Dataset {
  readonly name: string;
  /** Shape of one example, channels last: `[28, 28, 1]`. */
  readonly shape: readonly number[];
  /** Names of the classes, for people. */
  readonly classes: readonly string[];
  readonly train: Split;
  readonly test: Split;
}
