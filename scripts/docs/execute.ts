import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ClaimFailure } from "./expectations.js";
import type { RunReport } from "./run-blocks.js";

/** A module to run, and the failures it reports. */
export interface Execution {
  readonly path: string;
  readonly report: (failures: readonly ClaimFailure[]) => void;
}

/** Runs each module once, in a few processes side by side; one that takes longer than `secondsEach`, or ends its process, is reported. */
export async function execute(modules: readonly Execution[], cwd: string, secondsEach = 60): Promise<void> {
  const queue = modules.map((module, index) => [module.path, index] as const);
  const size = Math.ceil(queue.length / Math.min(availableParallelism(), 4));
  const shares = Array.from({ length: Math.ceil(queue.length / Math.max(size, 1)) }, (_, i) => queue.slice(i * size, (i + 1) * size));
  await Promise.all(shares.map((share) => runShare(share, modules, cwd, secondsEach)));
}

async function runShare(
  share: readonly (readonly [string, number])[],
  modules: readonly Execution[],
  cwd: string,
  secondsEach: number,
): Promise<void> {
  if (share.length === 0) return;
  const unfinished = new Set(share.map(([, index]) => index));
  const reason = await new Promise<string>((resolve) => {
    const child = fork(fileURLToPath(new URL("run-blocks.ts", import.meta.url)), {
      cwd,
      env: { ...process.env, DOC_BLOCKS: JSON.stringify(share) },
      execArgv: ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href, "--conditions=paramat-source"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const stderr: string[] = [];
    child.stderr?.on("data", (text: Buffer) => stderr.push(String(text)));
    let timer: NodeJS.Timeout | undefined;
    child.on("message", (report: RunReport) => {
      clearTimeout(timer);
      if (report.kind === "begin") {
        timer = setTimeout(() => {
          stderr.splice(0, stderr.length, `ran for more than ${secondsEach} s`);
          child.kill("SIGKILL");
        }, secondsEach * 1000);
        return;
      }
      unfinished.delete(report.index);
      modules[report.index]?.report(report.failures);
    });
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(stderr.join("").trim() || `ended the process with code ${code}`);
    });
  });
  const [stopped, ...rest] = unfinished;
  if (stopped === undefined) return;
  modules[stopped]?.report([{ line: 1, message: reason }]);
  await runShare(
    share.filter(([, index]) => rest.includes(index)),
    modules,
    cwd,
    secondsEach,
  );
}
