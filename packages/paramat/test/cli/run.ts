import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const root = fileURLToPath(new URL("../../../..", import.meta.url));

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly env?: Record<string, string | undefined>;
  /** Sends `signal` once the output contains `text`. */
  readonly kill?: { readonly text: string; readonly signal: NodeJS.Signals };
}

/** Runs the command line as a process of its own, as a person would. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=paramat-source", "--import", "tsx", main, ...args], {
      cwd: root,
      env: { ...process.env, ...options.env },
    });
    let out = "";
    let err = "";
    let killed = false;
    child.stdout.on("data", (data) => {
      out += data;
      if (options.kill && !killed && out.includes(options.kill.text)) {
        killed = true;
        child.kill(options.kill.signal);
      }
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
