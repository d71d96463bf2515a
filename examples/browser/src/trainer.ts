import { cpu, DataError, decodeCheckpoint, type FitResult, type NetworkParams } from "paramat";
import { dataOf, type NamedBytes } from "./data-of.js";
import { memoryStore } from "./memory-store.js";
import type { Report, Request } from "./messages.js";
import { openRun, type Run, type RunEvents } from "./run.js";
import { type Settings, settingsIn } from "./settings.js";

/** Takes the page's requests, one after another, whatever the training is at. */
export type Trainer = (request: Request) => void;

/** A step of the run may be short; the page is told no more often than this, in ms. */
const PROGRESS_EVERY = 100;
const SNAPSHOT_EVERY = 500;

/** Trains as it is asked to, and tells of it. */
export function trainer(post: (report: Report) => void): Trainer {
  let run: Run | null = null;
  let underWay: { readonly controller: AbortController; readonly ended: Promise<void> } | null = null;
  let question: ((of: Run) => Promise<void>) | null = null;
  let isTraining = false;
  /** Whether `run` is what the page shows: no new one has begun to take its place. */
  let isShown = false;
  let numExamples = 0;
  const since = { progress: 0, snapshot: 0 };
  const isDue = (what: keyof typeof since, every: number): boolean => {
    const now = performance.now();
    if (now - since[what] < every) return false;
    since[what] = now;
    return true;
  };
  // Parameters are in one piece between two steps, and when nothing is under way.
  const answer = async (of: Run): Promise<void> => {
    const due = question;
    question = null;
    await due?.(of);
  };
  const events: RunEvents = {
    progress(progress, of) {
      if (isDue("progress", PROGRESS_EVERY) || progress.batch === progress.batches) {
        post({ kind: "progress", progress, activity: of.activity() });
      }
    },
    async between(of) {
      await answer(of);
      if (isDue("snapshot", SNAPSHOT_EVERY)) post({ kind: "snapshot", snapshot: await of.snapshot(false) });
    },
    message: (text) => post({ kind: "phase", phase: "training", text }),
  };

  const stop = async (): Promise<void> => {
    underWay?.controller.abort();
    await underWay?.ended;
  };
  const go = (of: Run, resume: boolean): void => {
    const controller = new AbortController();
    post({ kind: "phase", phase: "training", text: resume ? "training goes on" : "training begins" });
    isTraining = true;
    const train = async (): Promise<Report> => {
      try {
        const result = await of.train(controller.signal, resume);
        post({ kind: "snapshot", snapshot: await of.snapshot(true) });
        return phaseAfter(result);
      } catch (error) {
        return { kind: "phase", phase: "failed", text: sentenceOf(error) };
      }
    };
    const ended = train().then(async (last) => {
      isTraining = false;
      post(last);
      await answer(of);
    });
    underWay = { controller, ended };
  };
  const open = async (settings: Settings, files: readonly NamedBytes[], checkpoint: NamedBytes | null): Promise<void> => {
    // Files that are none must not end a run; digits are drawn after it, since that takes its time.
    const read = settings.data === "files" ? await dataOf(settings, files) : null;
    await stop();
    isShown = false;
    post({ kind: "phase", phase: "preparing", text: "preparing data and model" });
    const data = read ?? (await dataOf(settings, files));
    const opened = await openRun(settings, data, memoryStore(checkpoint?.name ?? "the checkpoint", checkpoint?.bytes), events);
    await run?.close();
    run = opened;
    isShown = true;
    post({ kind: "ready", run: opened.facts });
    go(opened, checkpoint !== null);
  };

  const handle = async (request: Request): Promise<void> => {
    switch (request.kind) {
      case "start":
        return open(request.settings, request.files, null);
      case "load":
        return open(await settingsOf(request.checkpoint), request.files, request.checkpoint);
      case "pause":
        return stop();
      case "resume":
        await stop();
        return run ? go(run, true) : undefined;
      case "save": {
        const of = needed(run);
        const bytes = of.store.bytes();
        if (!bytes) throw new DataError("save: there is no checkpoint yet; wait for the first epoch, or pause");
        return post({ kind: "saved", bytes, name: `${of.data.name.replace(/\W+/g, "-")}-${of.facts.settings.family}.paramat` });
      }
      case "example":
        question = async (of) => {
          const { data } = of;
          // Steps of a prime number lead through all examples, unless it divides their number.
          const pick = (numExamples++ * 37) % data.test.size;
          const length = data.test.images.length / data.test.size;
          const pixels = data.test.images.slice(pick * length, (pick + 1) * length);
          post({ kind: "example", pixels, label: data.test.labels[pick]!, probabilities: await of.classify(pixels) });
        };
        break;
      case "classify":
        question = async (of) => post({ kind: "classified", probabilities: await of.classify(request.pixels) });
    }
    if (!isTraining) await answer(needed(run));
  };
  let queue = Promise.resolve();
  return (request) => {
    // A pause is for now, not for after what waits.
    if (request.kind === "pause") underWay?.controller.abort();
    queue = queue.then(() => handle(request)).catch((error: unknown) => post(refusal(request, error, isShown)));
  };
}

function needed(run: Run | null): Run {
  if (!run) throw new DataError("there is no network yet; start the training first");
  return run;
}

/** @throws DataError (rejects) if the file is no checkpoint, or was not written by this page */
async function settingsOf({ name, bytes }: NamedBytes): Promise<Settings> {
  const { meta } = await decodeCheckpoint(bytes, cpu("float32"), name);
  const settings = settingsIn(meta);
  if (!settings) {
    throw new DataError(`checkpoint: ${name} does not say how this page should build its network; load one that this page has saved`);
  }
  return settings;
}

function phaseAfter({ stoppedBy, nonFinite, history, outcome }: FitResult<NetworkParams>): Report {
  const { accuracy } = history.at(-1)?.metrics ?? {};
  const reached = accuracy === undefined ? "" : `; test accuracy ${(100 * accuracy).toFixed(1)} %`;
  if (stoppedBy === "interrupted") return { kind: "phase", phase: "paused", text: `paused after ${history.length} whole epochs${reached}` };
  if (nonFinite) return { kind: "phase", phase: "failed", text: nonFinite.message };
  const why =
    outcome && stoppedBy !== "iterations"
      ? `${stoppedBy}: ${outcome.reason}`
      : `finished after ${history.length} ${outcome ? "iterations" : "epochs"}`;
  return { kind: "phase", phase: "finished", text: `${why}${reached}` };
}

/** A new run that fails after it took the place of another leaves none; whatever else is refused leaves the run as it was. */
function refusal({ kind }: Request, error: unknown, isShown: boolean): Report {
  if (!isShown && (kind === "start" || kind === "load")) return { kind: "phase", phase: "failed", text: sentenceOf(error) };
  return { kind: "refused", text: sentenceOf(error) };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
