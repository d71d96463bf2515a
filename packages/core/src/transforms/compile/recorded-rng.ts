import { type Recorder, userLine } from "@paramat/backends";
import { BackendError } from "../../errors.js";
import type { Rng } from "../../rng.js";

/** The stream that stands in for argument stream number `stream` while a function is recorded: arrays can be drawn from it, single numbers not. */
export function recordedRng(recording: Recorder, stream: number): Rng {
  const refuse = (what: string) => (): never => {
    const line = userLine();
    throw new BackendError(
      `compile: ${what} is taken from a random stream while the function is being recorded${line ? ` at ${line}` : ""}, and would be the same ` +
        "in every call; draw arrays with uniformArray(rng, backend, shape), normalArray or randomArray, which each call draws anew",
    );
  };
  return {
    uniform: refuse("a number"),
    normal: refuse("a number"),
    int: refuse("a number"),
    permutation: refuse("a permutation"),
    split: refuse("a new stream"),
    state: refuse("the state"),
    recorded: { backend: recording.backend, draw: (length, fill) => recording.draw(stream, length, fill) },
  };
}
