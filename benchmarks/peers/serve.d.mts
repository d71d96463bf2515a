/** One workload of a peer: `run` does it once and waits, `results` gives the arrays to compare. */
export interface Task {
  readonly run: () => unknown;
  readonly results: () => Promise<readonly ArrayLike<number>[]>;
}
export function serve(peer: {
  readonly version: string;
  readonly make: (spec: never, work: string) => Task | null | undefined;
  readonly fingerprint: (values: ArrayLike<number>) => object;
}): Promise<never>;
