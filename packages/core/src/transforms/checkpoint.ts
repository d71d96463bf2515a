import { NotDifferentiableError } from "../errors.js";
import type { Primitive } from "../primitive.js";
import { apply, isWatched } from "../tape.js";
import { isValue, leaves, rebuild, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { record } from "./record.js";
import { pullBack, pushForward } from "./sweep.js";

/**
 * f, but a tape keeps only its argument: the inside is computed again when a derivative needs it. Less memory for one more run of f.
 * The results, and all derivatives, are those of f.
 * @param f from a tree of values to one value; it must give the same when run again
 * @throws NotDifferentiableError if f gives a tree, or uses a watched value that is not part of its argument
 * @remarks Griewank & Walther, Evaluating Derivatives, ch. 12. Inside `compile` it changes nothing: programs do equal work once, and keep it.
 */
export function checkpoint(f: (x: Value) => Value): (x: Value) => Value;
export function checkpoint<X extends Tree>(f: (x: X) => Value): (x: X) => Value;
export function checkpoint<X extends Tree>(f: (x: X) => Value): (x: X) => Value {
  return (x) => {
    const rerun = (inputs: readonly Value[]) => record((at: readonly Value[]) => f(rebuild(x, at)), inputs);
    const primitive: Primitive<{ readonly result: Value }> = {
      name: "checkpoint",
      shape: (_, { result }) => result.shape,
      forward: (_backend, _inputs, { result }) => result.array.buffer,
      jvp(inputs, tangents) {
        const { tape, inputs: watched, output } = rerun(inputs);
        return pushForward(tape, new Map(watched.map((w, i) => [w as Value, tangents[i] ?? null])), [output])[0] ?? null;
      },
      vjp(inputs, ct) {
        const { tape, inputs: watched, output } = rerun(inputs);
        return pullBack(tape, [[output, ct]], watched);
      },
    };
    const inputs = leaves(x);
    const result = f(
      rebuild(
        x,
        inputs.map((leaf) => leaf.array),
      ),
    );
    if (!isValue(result)) throw new NotDifferentiableError("checkpoint: the function must give one value, not a tree of them");
    if (isWatched(result)) {
      throw new NotDifferentiableError(
        "checkpoint: the function depends on a watched value that is not part of its argument, whose derivative would be lost; pass it in",
      );
    }
    return apply(primitive, inputs, { result });
  };
}
