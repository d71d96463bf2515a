import { cpu } from "@paramat/backends";
import { sliceAll, type Value } from "paramat";
import { type ParamatTask, paramatTask } from "../works/paramat-task.js";
import type { Contender } from "./contender.js";
import { LARGEST_DIFFERENCE, largestDifference } from "./difference.js";
import type { Activity, MeasuredContender, MeasuredWork, Plan, Work } from "./plan.js";

/** Milliseconds. What takes so long that a repetition changes little is not repeated. */
const LONG = 4000;

/**
 * One workload on every contender: first its results, which must be those of float64 on the CPU, then rounds in which each has its turn, so that drift of
 * the machine falls on all alike. A contender that fails, or whose numbers are wrong, is told and not timed.
 * @param open gives a backend that nothing else is on; it is closed in the end
 */
export async function measureWork(
  name: string,
  work: Work,
  { modes, rounds, turn }: Plan,
  open: (mode: string) => Promise<Contender>,
): Promise<MeasuredWork> {
  const reference = await paramatTask(cpu("float64"), work).results();
  const contenders: Record<string, MeasuredContender> = {};
  const ready: Ready[] = [];
  for (const mode of modes) {
    const made = await prepare(mode, work, reference, open).catch(inWords);
    if (typeof made === "string") contenders[mode] = { refused: made };
    else ready.push(made);
  }
  const left = new Set(ready);
  for (let round = 0; round < rounds; round++) {
    for (const one of left) {
      const failure = await takeTurn(one, round === 0 ? 2 : 0, turn).catch(inWords);
      if (failure !== undefined) contenders[one.mode] = { refused: failure };
      if (failure !== undefined || Math.min(...one.times) > LONG / 2) left.delete(one);
    }
  }
  for (const { mode, times, first, difference, activity, contender } of ready) {
    contenders[mode] ??= { times, first, difference, activity: activity() };
    await contender.close();
  }
  return { work: name, contenders: Object.fromEntries(modes.map((mode) => [mode, contenders[mode]!])) };
}

interface Ready {
  readonly mode: string;
  readonly contender: Contender;
  readonly first: number;
  readonly difference: number;
  readonly times: number[];
  /** One run, in milliseconds. */
  run(): Promise<number>;
  /** Of the last run. */
  activity(): Activity | null;
}

async function prepare(
  mode: string,
  work: Work,
  reference: readonly ArrayLike<number>[],
  open: (mode: string) => Promise<Contender>,
): Promise<Ready | string> {
  const contender = await open(mode);
  try {
    const ready = await firstRun(mode, contender, paramatTask(contender.backend, work), reference);
    if (typeof ready === "string") await contender.close();
    return ready;
  } catch (error) {
    await contender.close();
    throw error;
  }
}

async function firstRun(
  mode: string,
  contender: Contender,
  task: ParamatTask,
  reference: readonly ArrayLike<number>[],
): Promise<Ready | string> {
  const { run, activity } = runsOf(contender, task);
  const first = await run();
  const began = performance.now();
  const difference = largestDifference(await task.results(), reference);
  const once = performance.now() - began;
  if (!(difference <= LARGEST_DIFFERENCE)) {
    return `its results differ from those of float64 on the CPU by ${difference.toExponential(1)} of their norm; at most ${LARGEST_DIFFERENCE} is rounding`;
  }
  const times = first > LONG && once > LONG ? [await run()] : [];
  return { mode, contender, first, difference, times, run, activity };
}

/** @returns what failed, if anything did */
async function takeTurn({ run, times }: Ready, warm: number, turn: number): Promise<undefined> {
  // Times that are there already are those of a work too long to be repeated.
  if (times.length > 0 && times[0]! > LONG) return;
  for (let k = 0; k < warm; k++) await run();
  const began = performance.now();
  do times.push(await run());
  while (performance.now() - began < turn);
}

/** Runs that end when one number of the last result has been read: kernels are done in the order in which they were asked for, and none before that. */
function runsOf({ backend, activity }: Contender, task: ParamatTask): Pick<Ready, "run" | "activity"> {
  const region = backend.region?.();
  const hold = <T>(body: () => T): T => (region ? region.run(body) : body());
  let last: Activity | null = null;
  return {
    async run() {
      const before = activity?.();
      const start = performance.now();
      const entry = hold(() => firstEntry(task.start().at(-1)!));
      await entry.read();
      const ms = performance.now() - start;
      region?.keepOnly(task.held());
      const after = activity?.();
      if (before && after) {
        const { launches, uploads, reads } = after;
        last = {
          launches: launches - before.launches,
          uploads: uploads - before.uploads,
          reads: reads - before.reads,
          kernels: after.kernels,
          bytes: after.bytes,
        };
      }
      return ms;
    },
    activity: () => last,
  };
}

function firstEntry(x: Value): Value {
  return sliceAll(
    x,
    x.shape.map(() => ({ start: 0, stop: 1 })),
  );
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
