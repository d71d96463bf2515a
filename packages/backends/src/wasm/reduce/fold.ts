import type { Code, Local } from "../encoder/index.js";

/** Accumulators of a block: one slot for each of its vectors, or more where a sum is nested. Levels count the loops around: 0 is outside all. */
export interface Fold {
  readonly enter: (level: number) => Code;
  /** A slot takes the first `count` lanes of a vector in. */
  readonly take: (slot: number, value: Code, count: number) => Code;
  /** The same with x·y, where that can be done in one. */
  readonly takeProduct?: (slot: number, x: Local, y: Local, count: number) => Code;
  /** At the end of every block. */
  readonly next: Code;
  readonly leave: (level: number) => Code;
  /** Leaves in a variable what the slots from … to − 1 come to: lane by lane, or `asOne` in the first lane. */
  readonly result: (from: number, to: number, asOne: boolean) => { readonly code: Code; readonly local: Local };
}
