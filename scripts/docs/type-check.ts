import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { basename, join } from "node:path";

/** One diagnostic: the file's name, its line, and what the compiler says. */
export interface TypeFailure {
  readonly name: string;
  readonly line: number;
  readonly message: string;
}

/** Compiles every .ts file of `folder`, which lies in the repository at `root`, as one program; errors of other files are not its matter. */
export async function typeCheck(
  root: string,
  folder: string,
  writeConfig: (path: string, text: string) => void,
): Promise<readonly TypeFailure[]> {
  const config = join(folder, "tsconfig.json");
  // A block may name a thing only to show it, so what is unused is no error here.
  const compilerOptions = { noEmit: true, noUnusedLocals: false, noUnusedParameters: false };
  writeConfig(config, JSON.stringify({ extends: join(root, "tsconfig.base.json"), compilerOptions, include: ["*.ts"] }));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [tsc, "-p", config, "--pretty", "false"], { cwd: folder, maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const failures = lines.flatMap((text): readonly TypeFailure[] => {
    const [, path = "", line = "1", message = ""] = /^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/.exec(text) ?? [];
    return path !== "" && !path.includes("/") ? [{ name: basename(path), line: Number(line), message }] : [];
  });
  if (lines.length > 0 && !/\(\d+,\d+\): error /.test(output)) throw new Error(`docs:check: tsc did not run; ${output.trim()}`);
  return failures;
}
