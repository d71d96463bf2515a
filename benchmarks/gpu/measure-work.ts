import { cpu } from "@paramat/backends";
import { sliceAll, type Value } from "paramat";
import { type ParamatTask, paramatTask } from "../works/paramat-task.js";
import type { Contender } from "./contender.js";
import { LARGEST_DIFFERENCE, largestDifference } from "./difference.js";
import type { Activity, MeasuredContender, MeasuredWork, Plan, Work } from "./plan.js";

type Open = (mode: string) => Promise<Contender>;

/** Milliseconds. What takes so long that a repetition changes little is not repeated. */
const LONG = 4000;

/** Milliseconds. Browsers' clocks go in steps of some microseconds, so shorter runs are timed together. */
const SHORTEST = 0.5;

/** Runs of each contender before the first that is timed. */
const WARM = 3;

/**
 * One workload on every contender: first its results, which must be those of float64 on the CPU, then rounds in which each has its turn, so that drift of
 * the machine falls on all alike. A contender that fails, or whose numbers are wrong, is told and not timed.
 * @param open gives a backend that nothing else is on; it is closed in the end
 */
export async function measureWork(name: string, work: Work, { modes, rounds, turn }: Plan, open: Open): Promise<MeasuredWork> {
  const reference = await paramatTask(cpu("float64"), work).results();
  const entries: Entry[] = [];
  for (const mode of modes) entries.push(await enter(mode, work, reference, open));
  const racing = new Set(entries.flatMap((entry) => ("refused" in entry ? [] : [entry])));
  const failures = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const runner of racing) {
      await takeTurn(runner, round === 0 && !runner.isLong ? WARM : 0, turn).catch((error: unknown) =>
        failures.set(runner.mode, inWords(error)),
      );
      if (failures.has(runner.mode) || Math.min(...runner.times) > LONG / 2) racing.delete(runner);
    }
  }
  const contenders: Record<string, MeasuredContender> = {};
  for (const entry of entries) {
    const refused = "refused" in entry ? entry.refused : failures.get(entry.mode);
    contenders[entry.mode] = refused === undefined ? timed(entry as Runner) : { refused };
    if ("close" in entry) await entry.close();
  }
  return { work: name, contenders };
}

interface Runner {
  readonly mode: string;
  readonly first: number;
  /** Whether it takes long even when its kernels are compiled. */
  readonly isLong: boolean;
  readonly difference: number;
  readonly times: number[];
  run(): Promise<void>;
  /** Of the last run. */
  activity(): Activity | null;
  close(): Promise<void>;
}

type Entry = Runner | { readonly mode: string; readonly refused: string };

function timed({ times, first, difference, activity }: Runner): MeasuredContender {
  return { times, first, difference, activity: activity() };
}

async function enter(mode: string, work: Work, reference: readonly ArrayLike<number>[], open: Open): Promise<Entry> {
  let contender: Contender | undefined;
  // A device that was lost may not close either, and has been told already.
  const close = async (): Promise<void> => contender?.close().catch(() => {});
  try {
    contender = await open(mode);
    const task = paramatTask(contender.backend, work);
    const { run, activity } = runsOf(contender, task);
    const start = performance.now();
    await run();
    const first = performance.now() - start;
    const results = await task.results();
    const isLong = Math.min(first, performance.now() - start - first) > LONG;
    const difference = largestDifference(results, reference);
    if (difference <= LARGEST_DIFFERENCE) return { mode, first, isLong, difference, times: [], run, activity, close };
    await close();
    const by = difference.toExponential(1);
    return {
      mode,
      refused: `its results differ from those of float64 on the CPU by ${by} of their norm; roundings stay below ${LARGEST_DIFFERENCE}`,
    };
  } catch (error) {
    await close();
    return { mode, refused: inWords(error) };
  }
}

async function takeTurn({ run, times }: Runner, warm: number, turn: number): Promise<void> {
  for (let k = 0; k < warm; k++) await run();
  const start = performance.now();
  do times.push(await timeOf(run));
  while (performance.now() - start < turn);
}

/** Milliseconds that a run takes. */
async function timeOf(run: () => Promise<void>): Promise<number> {
  const start = performance.now();
  let [runs, ms] = [0, 0];
  do {
    await run();
    runs++;
    ms = performance.now() - start;
  } while (ms < SHORTEST);
  return ms / runs;
}

/** Runs that end when one number of the last result has been read: kernels are done in the order in which they were asked for, and none has to be before. */
function runsOf({ backend, activity }: Contender, task: ParamatTask): Pick<Runner, "run" | "activity"> {
  const region = backend.region?.();
  const hold = <T>(body: () => T): T => (region ? region.run(body) : body());
  let last: Activity | null = null;
  return {
    async run() {
      const before = activity?.();
      await hold(() => firstEntry(task.start().at(-1)!)).read();
      region?.keepOnly(task.held());
      const after = activity?.();
      if (!before || !after) return;
      last = {
        launches: after.launches - before.launches,
        uploads: after.uploads - before.uploads,
        reads: after.reads - before.reads,
        kernels: after.kernels,
        bytes: after.bytes,
      };
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
