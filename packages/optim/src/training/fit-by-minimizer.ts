import { rng, type Tree } from "@paramat/core";
import type { IterationRow, Outcome } from "../minimize/outcome.js";
import { conduct } from "./conduct.js";
import { explainMinimizerStop } from "./explain-minimizer-stop.js";
import { finishIteration, finishLastIteration } from "./finish-iteration.js";
import type { FitByMinimizerOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";
import { isPatienceSpent, type Run, type Stop } from "./run.js";
import { initialState } from "./training-state.js";
import { wholeObjective } from "./whole-objective.js";

/** `fit` by a method that takes all training examples in every step. */
export function fitByMinimizer<P extends Tree>(options: FitByMinimizerOptions<P>): Promise<FitResult<P>> {
  const { params, train, batchSize = train.size } = options;
  return conduct(options, {
    // The method's own memory is not kept, and nothing is drawn.
    fresh: initialState(params, [], rng(0)),
    identity: { optimizerName: "minimizer", batchSize },
    unit: "iteration",
    everyEpochs: 10,
    untilStopped: (run) => untilStopped(run, options),
    placeOf: ({ epoch }) => `after iteration ${epoch}`,
    farewell,
  });
}

async function untilStopped<P extends Tree>(run: Run<P>, options: FitByMinimizerOptions<P>): Promise<Stop> {
  const { minimizer, iterations, compile = true, signal } = options;
  const { epoch, params } = run.state;
  if (epoch >= iterations) return "iterations";
  if (isPatienceSpent(run)) return "patience";
  if (signal?.aborted) return "interrupted";
  const ended = new AbortController();
  const report = paceReporter(run, options);
  let stop: Stop | null = null;
  let since = performance.now();
  const progress = async (row: IterationRow, at: P): Promise<void> => {
    const isFinite = Number.isFinite(row.value) && Number.isFinite(row.gradientNorm);
    if (row.iteration > 0 && isFinite && !stop) {
      stop = await finishIteration(run, options, row, at, (performance.now() - since) / 1000);
      if (!stop && isPatienceSpent(run)) stop = "patience";
      report(row);
      since = performance.now();
    }
    // Looked at here: the method is told to stop where everything that it has done is recorded.
    if (stop || signal?.aborted) ended.abort();
  };
  try {
    const f = wholeObjective(options, run.breathe);
    run.outcome = await minimizer(f, params, { maxIterations: iterations - epoch, compile, signal: ended.signal, progress });
  } catch (error) {
    if (signal?.aborted) return "interrupted";
    throw error;
  }
  return stop ?? endOf(run, options, run.outcome);
}

async function endOf<P extends Tree>(run: Run<P>, options: FitByMinimizerOptions<P>, outcome: Outcome<P>): Promise<Stop> {
  const { status, iterations } = outcome;
  if (status === "interrupted") return status;
  if (status === "non-finite") return explainMinimizerStop(options, outcome, iterations === 0 ? run.state.epoch : run.state.epoch + 1);
  return (await finishLastIteration(run, options)) ?? (status === "limit" ? "iterations" : status);
}

/** Shows how far the iterations have come; the time left is that of all that are allowed. */
function paceReporter<P extends Tree>({ reporter, state: { epoch: before } }: Run<P>, { iterations, train }: FitByMinimizerOptions<P>) {
  const began = performance.now();
  return ({ iteration, value, evaluations }: IterationRow): void => {
    const seconds = (performance.now() - began) / 1000;
    const epoch = before + iteration;
    reporter.batch({
      unit: "iteration",
      epoch,
      epochs: iterations,
      batch: epoch,
      batches: iterations,
      loss: value,
      examplesPerSecond: (train.size * evaluations.gradient) / seconds,
      secondsLeft: (seconds / iteration) * (iterations - epoch),
    });
  };
}

/** What the minimizer says of its end. */
function farewell<P extends Tree>({ outcome, state: { epoch } }: Run<P>): string | null {
  if (outcome?.status === "limit")
    return `${outcome.method}: all ${epoch} iterations are made, ‖gradient‖ is ${outcome.gradientNorm.toExponential(1)}; give more to go on`;
  return outcome && `${outcome.method}: ${outcome.status} after iteration ${epoch}: ${outcome.reason}`;
}
