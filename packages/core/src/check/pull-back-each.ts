import { add } from "../ops/add.js";
import type { Entry, Tape } from "../tape.js";
import type { Value } from "../value.js";

/** A reverse sweep that shows every step: the op, the cotangent that arrived at its result, and those that its rule gave. */
export function pullBackEach(
  tape: Tape,
  seeds: readonly (readonly [Value, Value])[],
  visit: (entry: Entry, arrived: Value, given: readonly (Value | null)[]) => void,
): void {
  const cotangents = new Map<Value, Value>();
  const collect = (x: Value, ct: Value): void => {
    const sofar = cotangents.get(x);
    cotangents.set(x, sofar ? add(sofar, ct) : ct);
  };
  for (const [z, ct] of seeds) if (tape.sees(z)) collect(z, ct);
  for (const entry of [...tape.entries].reverse()) {
    const arrived = cotangents.get(entry.output);
    if (!arrived) continue;
    const wanted = entry.inputs.map((x) => tape.sees(x));
    const given = entry.primitive
      .vjp(entry.inputs, arrived, entry.output, entry.params, wanted)
      .map((term, k) => (wanted[k] ? term : null));
    visit(entry, arrived, given);
    given.forEach((term, k) => {
      if (term) collect(entry.inputs[k] as Value, term);
    });
  }
}
