import type { Backend } from "@paramat/backends";
import { BackendError } from "../errors.js";
import type { Primitive } from "../primitive.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";

/**
 * x on another backend, rounded to its precision; x itself if it lives there. Linear: cotangents move back.
 * @throws BackendError if x's backend cannot be read without waiting (then move the result of `await x.read()`)
 */
export function toBackend(x: Value, backend: Backend): Value {
  return goTogether(x.backend, backend) ? x : apply(moveOp, [x], { from: x.backend, to: backend });
}

/** A recorder's arrays and those of the backend that it records for live in one place. */
function goTogether(a: Backend, b: Backend): boolean {
  return a === b || a.records === b || b.records === a;
}

interface MoveParams {
  readonly from: Backend;
  readonly to: Backend;
}

const moveOp: Primitive<MoveParams> = {
  name: "toBackend",
  shape: ([x]) => x ?? [],
  resultBackend: ({ to }) => to,
  forward(from, [x], { to }) {
    if (!x || !from.readSync)
      throw new BackendError(`toBackend: ${from.name} cannot be read without waiting; use \`ndarray(backend, await x.read(), x.shape)\``);
    return to.upload(from.readSync(x.buffer));
  },
  jvp: (_inputs, [dx], _output, { to }) => (dx ? toBackend(dx, to) : null),
  // The same entries elsewhere: the transpose brings them home.
  vjp: (_inputs, ct, _output, { from }) => [toBackend(ct, from)],
};
