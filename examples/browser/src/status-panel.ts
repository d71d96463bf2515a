import type { BatchProgress } from "paramat";
import { element } from "./element.js";
import type { Phase, RunFacts, Snapshot } from "./messages.js";

/** Says what the training is doing: in numbers all the time, in words when something changes. */
export interface StatusPanel {
  ready(run: RunFacts): void;
  phase(phase: Phase, text: string): void;
  /** @param activity of a GPU, in words */
  progress(progress: BatchProgress, activity: string | null): void;
  snapshot(snapshot: Snapshot): void;
  /** What cannot be done, and what to do instead; null takes it away. */
  problem(text: string | null): void;
}

/** Words are read aloud, so they change no more often than this, in ms. */
const WORDS_EVERY = 5000;

export function statusPanel(): StatusPanel {
  const [words, alarm] = [element("status", HTMLElement), element("problem", HTMLElement)];
  const bar = element("progress", HTMLProgressElement);
  const put = (id: string, text: string) => {
    element(id, HTMLElement).textContent = text;
  };
  let device = "";
  let spokenAt = 0;
  const say = (text: string) => {
    words.textContent = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, ".");
    spokenAt = performance.now();
  };
  const problem = (text: string | null) => {
    alarm.hidden = text === null;
    alarm.textContent = text ?? "";
  };
  return {
    problem,
    ready({ model, numParams, numTrain, numTest, executedOn }) {
      device = executedOn;
      put("at-model", `${model}; ${numTrain} training images, ${numTest} for the test;`);
      put("at-device", `runs on ${executedOn}.`);
      put("at-activity", "");
      put("at-params", numParams.toLocaleString("en"));
      for (const id of ["at-epoch", "at-loss", "at-accuracy", "at-speed", "at-time"]) put(id, "–");
      bar.value = 0;
    },
    phase(phase, text) {
      document.body.dataset["phase"] = phase;
      if (phase === "failed") {
        problem(text);
        say("stopped");
      } else {
        problem(null);
        say(text);
      }
      if (phase === "finished") bar.value = 1;
      if (phase !== "training") put("at-time", "–");
    },
    progress({ unit = "epoch", epoch, epochs, batch, batches, loss, examplesPerSecond, secondsLeft }, activity) {
      put("unit", unit);
      put("at-epoch", `${epoch} / ${epochs}`);
      put("at-loss", loss.toPrecision(3));
      put("at-speed", unit === "epoch" ? Math.round(examplesPerSecond).toLocaleString("en") : "–");
      put("at-time", duration(secondsLeft));
      if (activity !== null) put("at-activity", `So far ${activity}.`);
      bar.value = unit === "epoch" ? (epoch - 1 + batch / batches) / epochs : epoch / epochs;
      if (performance.now() - spokenAt > WORDS_EVERY)
        say(`training on ${device}, ${unit} ${epoch} of ${epochs}, ${duration(secondsLeft)} left`);
    },
    snapshot({ history }) {
      const accuracy = history.at(-1)?.metrics?.["accuracy"];
      if (accuracy !== undefined) put("at-accuracy", `${(100 * accuracy).toFixed(1)} %`);
    },
  };
}

/** `0:07`, `12:34`. */
function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–";
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
