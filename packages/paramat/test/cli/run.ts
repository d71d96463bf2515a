import { type ChildProcessByStdio, spawn } from "node:child_process";
import type { Readable } from "node:stream";
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
  /** Acts once, when the output contains `text`. */
  readonly when?: { readonly text: string; readonly act: (child: ChildProcessByStdio<null, Readable, Readable>) => void };
}

/** Runs the command line as a process of its own, as a person would. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--conditions=paramat-source", "--import", "tsx", main, ...args], {
      cwd: root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let out = "";
    let err = "";
    let acted = false;
    child.stdout.on("data", (data) => {
      out += data;
      if (options.when && !acted && out.includes(options.when.text)) {
        acted = true;
        options.when.act(child);
      }
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
