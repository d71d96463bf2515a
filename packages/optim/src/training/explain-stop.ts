import type { Backend } from "@paramat/backends";
import type { Tree, Value } from "@paramat/core";
import { explainNonFinite } from "@paramat/core/check";
import type { Examples } from "./examples.js";
import { nonFiniteExample, nonFiniteParameter } from "./find-non-finite.js";
import type { NonFinite } from "./fit-result.js";

/** The examples that were at work when NaN or ∞ came up. */
export interface Suspects {
  readonly backend: Backend;
  readonly examples: Examples;
  /** Numbers of the examples; all of them if null. */
  readonly rows: ArrayLike<number> | null;
}

/**
 * In words: where NaN or ∞ came up, which op made it first, and what to try.
 * @param again runs the objective on the failing batch once more, from the same random numbers; null where there is no such batch
 */
export async function explainStop<P extends Tree>(
  place: Omit<NonFinite, "message">,
  loss: number,
  params: P,
  again: ((params: P) => Value) | null,
  { backend, examples, rows }: Suspects,
): Promise<NonFinite> {
  const { epoch, batch, stage } = place;
  const what = {
    loss: `the loss is ${loss}`,
    gradient: `the loss is ${loss} and its gradient is not finite`,
    update: `the loss is ${loss} and its gradient is finite, but the optimizer's step is not`,
    validation: `the validation loss is ${loss}`,
  }[stage];
  const origin = again && stage !== "update" ? originOf(again, params) : "";
  const kept = stage === "validation" ? "after" : "before";
  const owner = stage === "validation" ? "validation examples'" : "batch's";
  const badExample = nonFiniteExample(backend, examples, rows);
  const badParameter = await nonFiniteParameter(params);
  // Smaller steps help against numbers that grew too large on the way, and not against those that were never finite.
  const advice = badExample
    ? `The ${owner} ${badExample}: mend that example, or leave it out.`
    : badParameter
      ? `Before the batch ${badParameter}: start from finite parameters.`
      : `Try a learning rate ten times lower${origin ? ", or mend the op that is named" : ""}.`;
  const message = `stopped in epoch ${epoch} at batch ${batch}: ${what}.${origin} The parameters are those ${kept} this batch. ${advice}`;
  return { ...place, message };
}

function originOf<P extends Tree>(again: (params: P) => Value, params: P): string {
  try {
    const report = explainNonFinite(again, params);
    return report === null ? "" : ` ${report}.`;
  } catch (cause) {
    // The run is stopping and has work to save: an origin that cannot be found must not cost that work.
    return ` (Its origin was not found: ${cause instanceof Error ? cause.message : String(cause)}.)`;
  }
}
