import { spawn } from "node:child_process";

/** One command of `npm run check`. */
export interface Stage {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** Shown as it comes; otherwise only where the stage fails. */
  readonly live?: boolean;
}

export interface StageResult {
  readonly name: string;
  readonly passed: boolean;
  readonly seconds: number;
}

/** Runs the stage's command to its end and writes what it printed, where that is wanted, to `write`. */
export async function runStage(stage: Stage, write: (text: string) => void): Promise<StageResult> {
  const start = performance.now();
  const [command, ...args] = stage.command;
  const output: string[] = [];
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(command, args, { stdio: stage.live ? "inherit" : ["ignore", "pipe", "pipe"] });
    child.stdout?.on("data", (text: Buffer) => output.push(String(text)));
    child.stderr?.on("data", (text: Buffer) => output.push(String(text)));
    child.on("error", (error) => {
      output.push(`${command}: ${error.message}\n`);
      resolve(null);
    });
    child.on("close", resolve);
  });
  const passed = code === 0;
  if (!passed && !stage.live) write(`${output.join("").trimEnd()}\n`);
  return { name: stage.name, passed, seconds: (performance.now() - start) / 1000 };
}

/** `types       passed   9.1 s` */
export function stageLine({ name, passed, seconds }: StageResult): string {
  return `${name.padEnd(12)}${passed ? "passed" : "FAILED"}${seconds.toFixed(1).padStart(7)} s`;
}
