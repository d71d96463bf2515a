import { answerPanel } from "./answer-panel.js";
import type { NamedBytes } from "./data-of.js";
import { drawingPad } from "./drawing-pad.js";
import { element } from "./element.js";
import { bytesOf, download, isCheckpoint, onDrop } from "./files-in.js";
import { inkOf } from "./ink-of.js";
import type { Phase, Report, Request, RunFacts } from "./messages.js";
import { picturePanels } from "./picture-panels.js";
import type { Settings } from "./settings.js";
import { settingsForm } from "./settings-form.js";
import { statusPanel } from "./status-panel.js";

const form = element("settings", HTMLFormElement);
const settings = settingsForm(form);
const [status, answer, pictures] = [statusPanel(), answerPanel(), picturePanels(element("pictures", HTMLElement))];
const worker = new Worker(new URL("./training-worker.ts", import.meta.url), { type: "module" });
const ask = (request: Request) => worker.postMessage(request);
const page: { run: RunFacts | null; phase: Phase; files: readonly NamedBytes[]; offered: readonly NamedBytes[] } = {
  ...{ run: null, phase: "idle" },
  // Those of the last run that had some, and those of the run that was asked for: files that are refused replace none.
  ...{ files: [], offered: [] },
};

const pad = drawingPad(element("pad", HTMLCanvasElement), () => classifyDrawing());

function classifyDrawing(): void {
  if (!page.run || pad.strokes().length === 0) return;
  const [height, width] = page.run.shape as [number, number];
  const pixels = inkOf(pad.strokes(), height, width);
  answer.image(pixels);
  ask({ kind: "classify", pixels });
}

function setPhase(phase: Phase): void {
  page.phase = phase;
  const pause = element("pause", HTMLButtonElement);
  pause.textContent = phase === "paused" ? "Resume" : "Pause";
  pause.disabled = phase !== "training" && phase !== "paused";
  element("save", HTMLButtonElement).disabled = page.run === null;
}

const receivers: { readonly [K in Report["kind"]]: (report: Extract<Report, { readonly kind: K }>) => void } = {
  phase({ phase, text }) {
    setPhase(phase);
    status.phase(phase, text);
  },
  ready({ run }) {
    page.run = run;
    if (run.settings.data === "files") page.files = page.offered;
    settings.write(run.settings);
    answer.classes(run.classes, run.shape);
    pictures.clear();
    status.ready(run);
  },
  progress: ({ progress, activity }) => status.progress(progress, activity),
  snapshot({ snapshot }) {
    status.snapshot(snapshot);
    if (page.run) pictures.show(page.run, snapshot);
    // The drawing looks different to a network that has learned more.
    classifyDrawing();
  },
  classified({ probabilities }) {
    if (pad.strokes().length > 0) answer.answer(probabilities, null);
  },
  example({ pixels, label, probabilities }) {
    const [height, width] = page.run!.shape as [number, number];
    pad.show(pixels, height, width);
    answer.image(pixels);
    answer.answer(probabilities, label);
  },
  saved: ({ bytes, name }) => download(bytes, name),
  refused: ({ text }) => status.problem(text),
};

function receive(report: Report): void {
  (receivers[report.kind] as (report: Report) => void)(report);
}

worker.addEventListener("message", ({ data }: MessageEvent<Report>) => receive(data));
worker.addEventListener("error", ({ message }) =>
  receive({ kind: "phase", phase: "failed", text: `the training stopped: ${message}; load the page anew` }),
);

function start(wanted: Settings, files: readonly NamedBytes[]): void {
  page.offered = files;
  ask({ kind: "start", settings: wanted, files });
}

function load(checkpoint: NamedBytes): void {
  page.offered = page.files;
  ask({ kind: "load", checkpoint, files: page.files });
}

function take(files: readonly NamedBytes[]): void {
  const checkpoint = files.find(isCheckpoint);
  if (checkpoint) load(checkpoint);
  else start({ ...settings.read(), data: "files" }, files);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start(settings.read(), page.files);
});
element("pause", HTMLButtonElement).addEventListener("click", () => ask({ kind: page.phase === "paused" ? "resume" : "pause" }));
element("save", HTMLButtonElement).addEventListener("click", () => ask({ kind: "save" }));
element("clear", HTMLButtonElement).addEventListener("click", () => {
  pad.clear();
  answer.clear();
});
element("example", HTMLButtonElement).addEventListener("click", () => ask({ kind: "example" }));
for (const id of ["files", "checkpoint"]) {
  const input = element(id, HTMLInputElement);
  input.addEventListener("change", async () => {
    const files = await bytesOf(input.files ?? []);
    input.value = "";
    if (id === "files") return take(files.filter((file) => !isCheckpoint(file)));
    const [checkpoint] = files;
    if (checkpoint) load(checkpoint);
  });
}
onDrop(take);
