import { join } from "node:path";
import { cpu } from "@paramat/backends";
import { describe, expect, it } from "vitest";
import { loadCheckpoint } from "../../src/node/file-store.js";
import { interruptSignal } from "../../src/node/interrupt-signal.js";
import { startChild } from "./child.js";
import { inScratchFolder } from "./scratch-folder.js";

describe("interruptSignal", () => {
  it.each(["SIGINT", "SIGTERM"] as const)("%s ends a run after its batch, with everything saved", (name) =>
    inScratchFolder(async (folder) => {
      const file = join(folder, "run.ckpt");
      const child = startChild("train-slowly.ts", file);
      await child.says("training");
      child.kill(name);
      const { code, output } = await child.ended;
      expect(code).toBe(0);
      expect(output).toContain("finishing the batch");
      const said =
        /interrupted in epoch 1 after batch (\d+) \(\1 updates\); saved in .*run\.ckpt\nstopped by interrupted after (\d+)\n/.exec(output);
      expect(said, output).not.toBeNull();
      const kept = await loadCheckpoint(file, cpu("float64"));
      expect([kept.step, kept.batchInEpoch]).toEqual([Number(said?.[1]), Number(said?.[2])]);
    }),
  );

  it("ends the process at the second signal, whatever it is doing", () =>
    inScratchFolder(async (folder) => {
      const child = startChild("train-slowly.ts", join(folder, "run.ckpt"), "stuck");
      await child.says("training");
      child.kill("SIGINT");
      await child.says("finishing the batch");
      child.kill("SIGINT");
      expect(await child.ended).toMatchObject({ code: null, signal: "SIGINT" });
    }));

  it("is set off by another signal too, with its reason, until it is disposed of", () => {
    const [early, late, never] = [new AbortController(), new AbortController(), new AbortController()];
    early.abort("gone");
    const [one, two, three] = [early, late, never].map(({ signal }) => interruptSignal(undefined, signal));
    late.abort("gone too");
    three?.dispose();
    never.abort("unheard");
    expect([one, two, three].map((x) => x?.signal.aborted)).toEqual([true, true, false]);
    expect([one, two].map((x) => x?.signal.reason)).toEqual(["gone", "gone too"]);
    one?.dispose();
    two?.dispose();
  });

  it("gives Ctrl-C its ordinary meaning back", () => {
    const before = ["SIGINT", "SIGTERM"].map((name) => process.listenerCount(name));
    const { signal, dispose } = interruptSignal();
    expect(["SIGINT", "SIGTERM"].map((name) => process.listenerCount(name))).toEqual(before.map((n) => n + 1));
    expect(signal.aborted).toBe(false);
    dispose();
    expect(["SIGINT", "SIGTERM"].map((name) => process.listenerCount(name))).toEqual(before);
  });
});
