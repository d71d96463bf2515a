import { cpu, decodeCheckpoint, encodeCheckpoint, leaves } from "paramat";
import { expect, test } from "vitest";
import { lossTrace } from "../src/loss-trace.js";
import type { Report, Request } from "../src/messages.js";
import { defaultSettings, type Settings, settingsIn } from "../src/settings.js";
import { trainer } from "../src/trainer.js";

const settings: Settings = { ...defaultSettings, size: 8, examples: 300, backend: "cpu", channels: 2, width: 3, epochs: 4 };

/** A trainer, what it has said, and a promise of what it will say. */
function listening() {
  const said: Report[] = [];
  const waiting: { readonly is: (report: Report) => boolean; readonly tell: (report: Report) => void }[] = [];
  const ask = trainer((report) => {
    said.push(report);
    for (const { is, tell } of [...waiting]) if (is(report)) tell(report);
  });
  const next = <K extends Report["kind"]>(kind: K, is: (report: Extract<Report, { kind: K }>) => boolean = () => true) =>
    new Promise<Extract<Report, { kind: K }>>((tell) => {
      waiting.push({ is: (report) => report.kind === kind && is(report as never), tell: tell as (report: Report) => void });
    });
  const phase = (wanted: string) => next("phase", ({ phase }) => phase === wanted);
  /** Asks, and waits for the phase that comes of it. */
  const until = (wanted: string, request: Request) => {
    const reached = phase(wanted);
    ask(request);
    return reached;
  };
  return { ask, said, next, until };
}

const start = (more: Partial<Settings> = {}): Request => ({ kind: "start", settings: { ...settings, ...more }, files: [] });

test("trains to the end and tells of it", async () => {
  const { said, until } = listening();
  expect((await until("finished", start())).text).toMatch(/^finished after 4 epochs; test accuracy \d+\.\d %$/);
  const snapshots = said.filter((report) => report.kind === "snapshot");
  const history = snapshots.at(-1)!.snapshot.history;
  expect(history).toHaveLength(4);
  expect(history[3]!.trainLoss).toBeLessThan(history[0]!.trainLoss);
  const ready = said.find((report) => report.kind === "ready")!;
  expect(ready.run).toMatchObject({ numTrain: 300, numTest: 500, shape: [8, 8, 1], executedOn: "cpu-float32" });
});

test("a pause and a resumption end with the same bits as a run without", async () => {
  const last = async (interrupted: boolean) => {
    const { ask, said, next, until } = listening();
    if (interrupted) {
      const begun = next("progress", ({ progress }) => progress.epoch >= 2);
      ask(start());
      await begun;
      await until("paused", { kind: "pause" });
      await until("finished", { kind: "resume" });
    } else await until("finished", start());
    return said.filter((report) => report.kind === "snapshot").at(-1)!.snapshot.leaves;
  };
  expect(await last(true)).toEqual(await last(false));
});

test("a drawing and a test image are classified, in training and afterwards", async () => {
  const { ask, next, until } = listening();
  const pixels = new Float32Array(64).fill(0.5);
  const during = next("classified");
  const ended = until("finished", start());
  ask({ kind: "classify", pixels });
  const sums = [(await during).probabilities.reduce((a, b) => a + b, 0)];
  await ended;
  const [after, example] = [next("classified"), next("example")];
  ask({ kind: "classify", pixels });
  sums.push((await after).probabilities.reduce((a, b) => a + b, 0));
  ask({ kind: "example" });
  const { label, pixels: shown } = await example;
  expect(label).toBeLessThan(10);
  expect(shown).toHaveLength(64);
  for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
});

test("a checkpoint that was saved goes on elsewhere, with its settings", async () => {
  const first = listening();
  const begun = first.next("progress", ({ progress }) => progress.epoch >= 2);
  first.ask(start());
  await begun;
  await first.until("paused", { kind: "pause" });
  const saved = first.next("saved");
  first.ask({ kind: "save" });
  const { bytes, name } = await saved;
  expect(name).toBe("digits-convolution.paramat");
  const second = listening();
  await second.until("finished", { kind: "load", checkpoint: { name, bytes }, files: [] });
  expect(second.said.find((report) => report.kind === "ready")!.run.settings).toEqual(settings);
  const ended = second.said.filter((report) => report.kind === "snapshot").at(-1)!.snapshot;
  await first.until("finished", { kind: "resume" });
  expect(ended.leaves).toEqual(first.said.filter((report) => report.kind === "snapshot").at(-1)!.snapshot.leaves);
});

test("what cannot be done is one sentence, and the page can go on", async () => {
  const { ask, next, until } = listening();
  const refused = next("refused");
  ask({ kind: "save" });
  expect((await refused).text).toBe("there is no network yet; start the training first");
  const failed = async (request: Request) => (await until("failed", request)).text;
  expect(await failed(start({ data: "files" }))).toContain("files: 0 were given");
  expect(await failed(start({ size: 4 }))).toContain("generateDigits: images of size 4");
  expect(await failed({ kind: "load", checkpoint: { name: "photo.png", bytes: new Uint8Array(40) }, files: [] })).toContain(
    "checkpoint: photo.png is not a checkpoint",
  );
  expect(await failed(start({ backend: "webgpu" }))).toMatch(/^gpu: the mode webgpu cannot be used: .*wasm\(\) and cpu\(\) need no GPU$/);
  expect(await failed(start({ optimizer: "sgd", learningRate: 1e30 }))).toContain("Try a learning rate ten times lower");
  await until("finished", start({ epochs: 1 }));
});

test("a checkpoint of another program, or of other data, is refused", async () => {
  const { ask, next, until } = listening();
  const saved = next("saved");
  await until("finished", start({ epochs: 1 }));
  ask({ kind: "save" });
  const { bytes } = await saved;
  const checkpoint = await decodeCheckpoint(bytes, cpu("float32"));
  expect(settingsIn(checkpoint.meta)).toEqual({ ...settings, epochs: 1 });
  for (const name of ["data", "family", "boundary", "backend", "optimizer", "regularizer"]) {
    expect(settingsIn({ ...checkpoint.meta, [name]: "toString" })).toBeNull();
  }
  expect(leaves(checkpoint.params).length).toBe(4);
  const changed = async (change: object): Promise<Request> => {
    const bytes = await encodeCheckpoint({ ...checkpoint, ...change });
    return { kind: "load", checkpoint: { name: "mine", bytes }, files: [] };
  };
  const refused = next("refused");
  ask(await changed({ meta: {} }));
  expect((await refused).text).toContain("mine does not say how this page should build its network");
  const load = async (change: object) => (await until("failed", await changed(change))).text;
  expect(await load({ meta: { ...checkpoint.meta, channels: 4 } })).toContain("it belongs to another network");
  expect(await load({ meta: { ...checkpoint.meta, seed: 9 } })).toContain("seed");
});

test("files and checkpoints that cannot be read leave the run under way as it is", async () => {
  const { ask, next, until, said } = listening();
  await until("training", start({ epochs: 10_000 }));
  const refused = async (request: Request) => {
    const report = next("refused");
    ask(request);
    return (await report).text;
  };
  const photo = { name: "photo.png", bytes: Uint8Array.of(0x89, 0x50) };
  expect(await refused({ ...start({ data: "files" }), files: [photo] } as Request)).toContain("files: 1 were given");
  expect(await refused({ kind: "load", checkpoint: photo, files: [] })).toContain("checkpoint: photo.png is not a checkpoint");
  await next("progress");
  await until("paused", { kind: "pause" });
  expect(said.filter((report) => report.kind === "phase").map(({ phase }) => phase)).toEqual(["preparing", "training", "paused"]);
  expect(await refused({ kind: "load", checkpoint: photo, files: [] })).toContain("is not a checkpoint");
  await until("training", { kind: "resume" });
  await until("paused", { kind: "pause" });
});

test("a new start ends the run under way", async () => {
  const { ask, said, until } = listening();
  ask(start({ epochs: 10_000 }));
  await until("finished", start({ epochs: 1 }));
  expect(said.filter((report) => report.kind === "ready").map(({ run }) => run.settings.epochs)).toEqual([10_000, 1]);
});

test("the trace of losses keeps a few points, each the mean of as many batches", () => {
  const trace = lossTrace(4);
  for (let batch = 1; batch <= 7; batch++) trace.add(batch, 10 * batch);
  // 4 are full and become 2 of two; 5 and 6 are the third; 7 waits for its partner.
  expect(trace.points()).toEqual([
    { epoch: 1.5, loss: 15 },
    { epoch: 3.5, loss: 35 },
    { epoch: 5.5, loss: 55 },
  ]);
});
