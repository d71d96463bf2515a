import { execFile } from "node:child_process";

/** Standard output of a command run to its end in `cwd`. @throws Error with all it printed, if it fails */
export function command(cwd: string, program: string, args: readonly string[]): Promise<string> {
  // npm hands its own settings down in the environment, and the test runner its loaders; a user's shell has neither.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_OPTIONS$|NODE_PATH$|VITEST)/i.test(name)));
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env: { ...env, TURBO_TELEMETRY_DISABLED: "1" }, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${program} ${args.join(" ")}: ended with ${error.code ?? error.signal}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
  });
}
