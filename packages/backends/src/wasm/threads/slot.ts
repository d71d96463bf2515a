/** How a worker is told what to do: a row of 32-bit integers of its own in shared memory. */
export const slot = {
  /** Integers in one slot. */
  length: 256,
  /** One of `slotState`. */
  state: 0,
  /** 1 once the worker listens. */
  listening: 1,
  /** Number of the module, position of the function among its exports. */
  module: 2,
  entry: 3,
  /** Where the module's binary lies in the memory of kernels, and its length; 0 if the worker has compiled it already. */
  binary: 4,
  binaryLength: 5,
  numArgs: 6,
  args: 7,
} as const;

/** Arguments that fit into a slot. */
export const maxArgs = slot.length - slot.args;

/** `posted` goes to `claimed` by whoever will do the work, the worker or, if it is late, the main thread (which puts `idle` there). */
export const slotState = { idle: 0, posted: 1, claimed: 2, done: 3, failed: 4 } as const;

/** How often a thread looks for news before it sleeps: some 50 µs. */
export const spins = 20_000;
