import type { Backend } from "@paramat/backends";
import type { Tree, Value } from "@paramat/core";
import { findNonFinite } from "@paramat/core/check";
import type { Unit } from "../reporters/reporter.js";
import type { Examples } from "./examples.js";
import { nonFiniteExample, nonFiniteParameter } from "./find-non-finite.js";
import type { NonFinite } from "./fit-result.js";

/** The objective on the examples at work: the same each time. */
export type Again<P extends Tree> = (params: P) => Value;

/** The examples that were at work when NaN or ∞ came up. */
export interface Suspects {
  readonly backend: Backend;
  readonly examples: Examples;
  /** Numbers of the examples; all of them if null. */
  readonly rows: ArrayLike<number> | null;
  /** What the run counts; default "epoch". */
  readonly unit?: Unit;
}

/**
 * In words: where NaN or ∞ came up, which op made it first, and what to try.
 * @param again runs the objective on the failing batch once more, from the same random numbers; null where there is no such batch
 */
export async function explainStop<P extends Tree>(
  place: Omit<NonFinite, "message">,
  loss: number,
  params: P,
  again: Again<P> | null,
  { backend, examples, rows, unit = "epoch" }: Suspects,
): Promise<NonFinite> {
  const { epoch, batch, stage } = place;
  const what = {
    loss: `the loss is ${loss}`,
    gradient: `the loss is ${loss} and its gradient is not finite`,
    update: `the loss is ${loss} and its gradient is finite, but the optimizer's step is not`,
    validation: `the validation loss is ${loss}`,
  }[stage];
  const origin = again && stage !== "update" ? await originOf(again, params) : "";
  const kept = stage === "validation" ? "after" : "before";
  const isEpoch = unit === "epoch";
  const where = isEpoch ? `in epoch ${epoch} at batch ${batch}` : epoch === 0 ? "at the start" : `in iteration ${epoch}`;
  const owner = stage === "validation" ? "validation examples'" : "batch's";
  const badExample = nonFiniteExample(backend, examples, rows);
  const badParameter = isEpoch || epoch === 0 ? await nonFiniteParameter(params) : null;
  // Smaller steps help against numbers that grew too large on the way, and not against those that were never finite.
  const advice = badExample
    ? `The ${owner} ${badExample}: mend that example, or leave it out.`
    : badParameter
      ? `Before the ${isEpoch ? "batch" : "first iteration"} ${badParameter}: start from finite parameters.`
      : `${isEpoch ? "Try a learning rate ten times lower" : "Start elsewhere"}${origin ? ", or mend the op that is named" : ""}.`;
  const message = `stopped ${where}: ${what}.${origin} The parameters are those ${kept} this ${isEpoch ? "batch" : "iteration"}. ${advice}`;
  return { ...place, message };
}

async function originOf<P extends Tree>(again: Again<P>, params: P): Promise<string> {
  try {
    const report = await findNonFinite(again, params);
    return report === null ? "" : ` ${report}.`;
  } catch (cause) {
    // The run is stopping and has work to save: an origin that cannot be found must not cost that work.
    return ` (Its origin was not found: ${cause instanceof Error ? cause.message : String(cause)}.)`;
  }
}
