import type { Tree } from "@paramat/core";
import type { IterationRow } from "../minimize/outcome.js";
import { explainStop } from "./explain-stop.js";
import type { FitByMinimizerOptions } from "./fit-options.js";
import { measureValidation } from "./measure-validation.js";
import { recordEpoch } from "./record-epoch.js";
import type { Run, Stop } from "./run.js";

/** Takes one iteration of the minimizer into the run: measured where that is due, recorded, shown and saved. @returns why the run ends, or null if it may go on */
export async function finishIteration<P extends Tree>(
  run: Run<P>,
  options: FitByMinimizerOptions<P>,
  row: IterationRow,
  params: P,
  seconds: number,
): Promise<Stop | null> {
  const { iterations, validateEvery = 1, callbacks } = options;
  const startedAt = performance.now();
  const iteration = run.state.epoch + 1;
  const isDue = iteration % validateEvery === 0 || iteration === iterations;
  const before = run.state;
  run.state = { ...before, params, step: before.step + 1 };
  const measured = isDue ? await measureFinite(run, options, iteration) : null;
  if (measured && "stop" in measured) {
    // An iteration that was not measured is not kept: a run that resumes makes it again.
    if (measured.stop === "interrupted") run.state = before;
    return measured.stop;
  }
  const record = recordEpoch(run, measured, {
    trainLoss: row.value,
    gradientNorm: row.gradientNorm,
    seconds: seconds + (performance.now() - startedAt) / 1000,
  });
  if (isDue) run.reporter.epoch(record, iterations, "iteration");
  const verdict = await callbacks?.onEpoch?.(record, run.state);
  await run.keeper.saveIfDue(run.state, true);
  return verdict === "stop" ? "callback" : null;
}

/** Measures the last iteration where it was not due; for the end of a run. */
export async function finishLastIteration<P extends Tree>(run: Run<P>, options: FitByMinimizerOptions<P>): Promise<Stop | null> {
  const { epoch, history } = run.state;
  const last = history.at(-1);
  if (!options.validation || !last || last.validationLoss !== undefined) return null;
  const measured = await measureFinite(run, options, epoch);
  if (measured && "stop" in measured) return measured.stop;
  // The record is made again, with what was measured.
  run.state = { ...run.state, epoch: epoch - 1, history: history.slice(0, -1) };
  run.reporter.epoch(recordEpoch(run, measured, last), options.iterations, "iteration");
  return null;
}

async function measureFinite<P extends Tree>(
  run: Run<P>,
  { validation, train, backend, batchSize = train.size }: FitByMinimizerOptions<P>,
  epoch: number,
) {
  const measured = await measureValidation(run, run.state.params, Math.min(batchSize, 1024));
  if (measured === "interrupted") return { stop: measured } as const;
  if (!validation || !measured || Number.isFinite(measured.loss)) return measured;
  const place = { epoch, batch: 1, stage: "validation" } as const;
  const suspects = { backend, examples: validation, rows: null, unit: "iteration" } as const;
  return { stop: await explainStop(place, measured.loss, run.state.params, null, suspects) };
}
