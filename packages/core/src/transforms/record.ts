import { settled, Tape, type Traced } from "../tape.js";
import { leaves, rebuild, type Tree } from "../tree.js";
import type { Value } from "../value.js";

/** A function's run on a tape, which is closed. */
export interface Recording<Z extends Tree> {
  readonly tape: Tape;
  /** The watched copies of the argument's leaves. */
  readonly inputs: readonly Traced[];
  /** The result as the tape knows it. */
  readonly output: Z;
  /** The result as the rest of the program may use it: watched only by tapes that are still open. */
  readonly value: Z;
}

/** Runs f on watched copies of x's leaves. The tape is closed when f returns, and when it throws. */
export function record<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): Recording<Z> {
  const tape = new Tape();
  const inputs = leaves(x).map((leaf) => tape.watch(leaf));
  try {
    const output = f(rebuild(x, inputs));
    tape.close();
    const value = rebuild(
      output,
      leaves(output).map((z): Value => settled(z)),
    );
    return { tape, inputs, output, value };
  } finally {
    tape.close();
  }
}
