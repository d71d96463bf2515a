import { expect, test } from "vitest";
import { runStage, type Stage, stageLine } from "./stages/run-stage.js";

async function run(script: string): Promise<{ readonly passed: boolean; readonly written: string }> {
  const written: string[] = [];
  const stage: Stage = { name: "one", command: [process.execPath, "-e", script] };
  const { passed } = await runStage(stage, (text) => written.push(text));
  return { passed, written: written.join("") };
}

test("a stage that passes is silent", async () => {
  expect(await run("console.log('fine')")).toEqual({ passed: true, written: "" });
});

test("a stage that fails shows all it printed", async () => {
  expect(await run("console.log('out'); console.error('err'); process.exitCode = 2")).toEqual({
    passed: false,
    written: expect.stringMatching(/^(out\nerr|err\nout)\n$/),
  });
});

test("a stage killed by a signal, or whose command is not there, has failed", async () => {
  expect((await run("process.kill(process.pid, 'SIGKILL')")).passed).toBe(false);
  const written: string[] = [];
  const result = await runStage({ name: "one", command: ["no-such-command"] }, (text) => written.push(text));
  expect(result.passed).toBe(false);
  expect(written.join("")).toContain("no-such-command");
});

test("a line names the stage, how it ended and its time", () => {
  expect(stageLine({ name: "types", passed: true, seconds: 9.12 })).toBe("types       passed    9.1 s");
  expect(stageLine({ name: "docs", passed: false, seconds: 12 })).toBe("docs        FAILED   12.0 s");
});
