import { cpu } from "@paramat/backends";
import { rng } from "@paramat/core";
import { fileStore } from "../../src/node/file-store.js";
import { interruptSignal } from "../../src/node/interrupt-signal.js";
import { sgd } from "../../src/optimizers/sgd.js";
import { reporterFor } from "../../src/reporters/reporter-for.js";
import { fit as runFit } from "../../src/training/fit.js";
import { lineExamples, squaredResiduals, startLine } from "../training/regression.js";

// Trains with a checkpoint in the file that is named on the command line, far longer than the test lasts; "stuck" waits in its first save for ever.
const [, , file, mode] = process.argv;
const backend = cpu("float64");
const { signal, dispose } = interruptSignal(() => process.stdout.write("finishing the batch\n"));
const reporter = reporterFor(process.stdout);
const result = await runFit({
  params: startLine(backend),
  objective: squaredResiduals,
  optimizer: sgd({ learningRate: 1e-6 }),
  train: lineExamples(100_000, 1),
  epochs: 1e6,
  batchSize: 2,
  rng: rng(1),
  backend,
  reporter: {
    ...reporter,
    batch: ({ batch }) => {
      if (batch === 1) process.stdout.write("training\n");
    },
  },
  checkpoint: {
    store: {
      ...fileStore(file as string),
      ...(mode === "stuck" ? { save: () => new Promise<void>(() => setInterval(() => process.stdout.write("training\n"), 50)) } : {}),
    },
  },
  signal,
});
dispose();
process.stdout.write(`stopped by ${result.stoppedBy} after ${result.steps}\n`);
