import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cpu } from "@paramat/backends";
import { DataError, rng, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { encodeCheckpoint } from "../../src/checkpoints/encode-checkpoint.js";
import { fileStore, loadCheckpoint, saveCheckpoint } from "../../src/node/file-store.js";
import { sgd } from "../../src/optimizers/sgd.js";
import { lineReporter } from "../../src/reporters/line-reporter.js";
import { fit as runFit } from "../../src/training/fit.js";
import { someCheckpoint } from "../checkpoints/some-checkpoint.js";
import { lineExamples, squaredResiduals, startLine } from "../training/regression.js";
import { startChild } from "./child.js";
import { inScratchFolder } from "./scratch-folder.js";

const backend = cpu("float64");

/** What `save-for-ever.ts` saves: many parameters, all equal. */
async function expectWhole(file: string): Promise<void> {
  const numbers = ((await loadCheckpoint(file, backend)).params as Value).toArray();
  expect(numbers.length).toBe(20_000);
  expect(new Set(numbers).size).toBe(1);
}

describe("saveCheckpoint", () => {
  it("writes the encoded bytes, over what was there, and leaves nothing else", () =>
    inScratchFolder(async (folder) => {
      const file = join(folder, "run.ckpt");
      await saveCheckpoint(file, someCheckpoint(backend, [9]));
      await saveCheckpoint(file, someCheckpoint(backend));
      expect(new Uint8Array(await readFile(file))).toEqual(await encodeCheckpoint(someCheckpoint(backend)));
      expect(await readdir(folder)).toEqual(["run.ckpt"]);
      expect((await loadCheckpoint(file, backend)).step).toBe(7);
    }));

  it("leaves the old checkpoint where the new one cannot be encoded or written", () =>
    inScratchFolder(async (folder) => {
      const file = join(folder, "run.ckpt");
      await saveCheckpoint(file, someCheckpoint(backend));
      const unreadable = { ...backend, read: () => Promise.reject(new Error("device lost")) };
      await expect(saveCheckpoint(file, someCheckpoint(unreadable))).rejects.toThrow("device lost");
      expect((await loadCheckpoint(file, backend)).epoch).toBe(2);
      await expect(saveCheckpoint(join(folder, "missing", "run.ckpt"), someCheckpoint(backend))).rejects.toThrow("ENOENT");
      expect(await readdir(folder)).toEqual(["run.ckpt"]);
    }));

  it("killed at any moment, never leaves a broken checkpoint under the name", () =>
    inScratchFolder(async (folder) => {
      const kill = async (delay: number): Promise<void> => {
        const file = join(folder, `${delay}.ckpt`);
        const child = startChild("save-for-ever.ts", file);
        await child.says("saving");
        // Whoever looks while it is saved sees a whole one too, which catches a write in place more surely than a kill.
        for (const end = performance.now() + delay; performance.now() < end; ) await expectWhole(file);
        child.kill("SIGKILL");
        expect((await child.ended).signal).toBe("SIGKILL");
        await expectWhole(file);
      };
      for (const delays of [
        [30, 310],
        [170, 80],
      ])
        await Promise.all(delays.map(kill));
    }));
});

describe("loadCheckpoint", () => {
  it("refuses a file that is missing or foreign, naming it", () =>
    inScratchFolder(async (folder) => {
      const missing = join(folder, "none.ckpt");
      await expect(loadCheckpoint(missing, backend)).rejects.toThrow(
        new DataError(`checkpoint: there is no file ${missing}; give the file that a run has saved`),
      );
      const foreign = join(folder, "picture.png");
      await writeFile(foreign, "not at all");
      await expect(loadCheckpoint(foreign, backend)).rejects.toThrow(`checkpoint: ${foreign} is not a checkpoint`);
    }));
});

describe("fileStore", () => {
  it("holds nothing, then what was saved, and sets it aside for a new run", () =>
    inScratchFolder(async (folder) => {
      const file = join(folder, "run.ckpt");
      const store = fileStore(file);
      expect(await store.load(backend)).toBeNull();
      expect(await store.setAside?.()).toBeNull();
      const said: string[] = [];
      const options = {
        params: startLine(backend),
        objective: squaredResiduals,
        optimizer: sgd({ learningRate: 0.05 }),
        train: lineExamples(10, 1),
        epochs: 2,
        batchSize: 5,
        rng: rng(1),
        backend,
        checkpoint: { store },
        reporter: lineReporter((line) => said.push(line)),
      };
      await runFit(options);
      await runFit({ ...options, epochs: 1 });
      expect(said).toContain(`the checkpoint of an earlier run is set aside as ${file}.previous\n`);
      expect((await loadCheckpoint(`${file}.previous`, backend)).epoch).toBe(2);
      expect((await store.load(backend))?.epoch).toBe(1);
    }));
});
