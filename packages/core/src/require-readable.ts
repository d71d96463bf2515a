import type { Backend } from "@paramat/backends";
import { BackendError } from "./errors.js";

/**
 * Nothing, if the numbers of `backend` can be had at once: what decides by numbers calls it first, so that its own name stands in the error.
 * @param op who asks
 * @param name of the argument whose numbers are read
 * @throws BackendError where the backend cannot be read without waiting, saying how to move the numbers to one that can
 */
export function requireReadable(op: string, backend: Backend, name = "x"): void {
  if (backend.readSync) return;
  throw new BackendError(
    `${op}: ${backend.name} cannot be read without waiting; move ${name} to one that can: \`ndarray(cpu(), await ${name}.read(), ${name}.shape)\``,
  );
}
