import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A program of this folder in a process of its own. */
export interface Child {
  kill(signal: NodeJS.Signals): void;
  /** Resolves once `text` has been written to its standard output. */
  says(text: string): Promise<void>;
  /** How it ended, and all that it has written. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly output: string }>;
}

/** Runs `name` from source. */
export function startChild(name: string, ...args: readonly string[]): Child {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=paramat-source", "--import=tsx", program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part: Buffer) => {
      output += part.toString();
      for (const watcher of watchers) watcher();
    });
  }
  const ended = new Promise<Awaited<Child["ended"]>>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, output }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
      ended.then(() => reject(new Error(`${name} ended without saying "${text}": ${output}`)), reject);
    });
  return { kill: (signal) => void child.kill(signal), says, ended };
}
