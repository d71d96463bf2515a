import { ndarray } from "../array.js";
import { add } from "../ops/add.js";
import { broadcastTo } from "../ops/broadcast.js";
import type { Tape, Traced } from "../tape.js";
import type { Value } from "../value.js";

/**
 * Pushes tangents forward over a closed tape: dz = J dx, in the order in which the tape recorded.
 * @param seeds tangents of watched arguments; null is zero
 * @returns the tangents of `outputs`; null is zero
 */
export function pushForward(tape: Tape, seeds: ReadonlyMap<Value, Value | null>, outputs: readonly Value[]): (Value | null)[] {
  const tangents = new Map<Value, Value | null>(seeds);
  for (const { primitive, inputs, output, params } of tape.entries) {
    const incoming = inputs.map((x) => tangents.get(x) ?? null);
    if (incoming.every((dx) => dx === null)) continue;
    const tangent = primitive.jvp(inputs, incoming, output, params);
    if (tangent) tangents.set(output, tangent);
  }
  return outputs.map((z) => tangents.get(z) ?? null);
}

/**
 * Pulls cotangents back over a closed tape: ct_x = Jᵀ ct, in the reverse of the order in which the tape recorded.
 * @param seeds cotangents of results
 * @param wanted the watched arguments whose cotangents are returned; null is zero
 */
export function pullBack(tape: Tape, seeds: readonly (readonly [Value, Value])[], wanted: readonly Traced[]): (Value | null)[] {
  const cotangents = new Map<Value, Value>();
  const collect = (x: Value, ct: Value): void => {
    const sofar = cotangents.get(x);
    cotangents.set(x, sofar ? add(sofar, ct) : ct);
  };
  for (const [z, ct] of seeds) if (tape.sees(z)) collect(z, ct);
  for (let i = tape.entries.length - 1; i >= 0; i--) {
    const { primitive, inputs, output, params } = tape.entries[i] as Tape["entries"][number];
    const ct = cotangents.get(output);
    if (!ct) continue;
    // A result's cotangent is complete once the sweep reaches it and is never asked for again.
    cotangents.delete(output);
    const mask = inputs.map((x) => tape.sees(x));
    primitive.vjp(inputs, ct, output, params, mask).forEach((term, k) => {
      if (term && mask[k]) collect(inputs[k] as Value, term);
    });
  }
  return wanted.map((x) => cotangents.get(x) ?? null);
}

/** Zeros with the shape of x, on its backend. */
export function zerosLike(x: Value): Value {
  return broadcastTo(ndarray(x.backend, 0), x.shape);
}

/** Ones with the shape of x, on its backend. */
export function onesLike(x: Value): Value {
  return broadcastTo(ndarray(x.backend, 1), x.shape);
}
