import { cpu } from "@paramat/backends";
import { type ConformanceReport, checkConformance, type Verdict } from "@paramat/layers/laws";
import { type FoundExport, findParameterizations } from "./check-exports.js";
import { loadModule } from "./check-module.js";
import type { CheckCommand } from "./check-options.js";

/** Whether a file is right, for people and for `--json`. */
interface FileOutcome {
  readonly file: string;
  readonly exitCode: 0 | 1 | 2;
  readonly problems: readonly string[];
  readonly reports: readonly { readonly label: string; readonly report: ConformanceReport }[];
}

/** Holds what the files export to the laws and prints the reports. @returns the exit code: 0, 1 if something is wrong, 2 if a file was not understood */
export async function check(command: CheckCommand): Promise<number> {
  const outcomes: FileOutcome[] = [];
  for (const file of command.files) outcomes.push(await checkFile(file, command));
  const exitCode = Math.max(...outcomes.map((outcome) => outcome.exitCode));
  if (command.json) console.log(JSON.stringify({ ok: exitCode === 0, seed: command.seed, files: outcomes.map(plain) }));
  return exitCode;
}

async function checkFile(file: string, command: CheckCommand): Promise<FileOutcome> {
  const loaded = await loadModule(file);
  if ("problem" in loaded) return refused(file, [loaded.problem], loaded.wrong ? 1 : 2);
  const { found, wrong, others } = findParameterizations(loaded.exports);
  if (found.length === 0 && wrong.length === 0) {
    const said = others.length > 0 ? `: ${others.join("; ")}` : "";
    const remedy =
      "export a parameterization, `export const kernel = fromContractions({ … })`, a function without required arguments that makes one, or a list, `export const check = [kernel]`";
    return refused(file, [`${file} exports no parameterization${said}; ${remedy}`], 2);
  }
  const reports = found.map((one) => {
    const report = reportOn(one, command);
    console.log(`${heading(file, one)}\n${report.print(paint())}\n`);
    return { label: one.label, report };
  });
  for (const sentence of wrong) console.error(`paramat check: ${file}: ${sentence}`);
  const isRight = wrong.length === 0 && reports.every(({ report }) => report.ok);
  return { file, exitCode: isRight ? 0 : 1, problems: wrong, reports };
}

function reportOn({ K, matrix }: FoundExport, { seed, examples, timing }: CheckCommand): ConformanceReport {
  return checkConformance(K, cpu("float64"), { seed, examples, timing, float32: cpu("float32"), ...(matrix && { matrix }) });
}

function refused(file: string, problems: readonly string[], exitCode: 1 | 2): FileOutcome {
  for (const problem of problems) console.error(`paramat check: ${problem}`);
  return { file, exitCode, problems, reports: [] };
}

function heading(file: string, { label, matrix }: FoundExport): string {
  return `${file}, export ${label}${matrix ? ", with its matrix" : ""}`;
}

/** Colours where a person looks on, unless NO_COLOR is set. */
function paint(): ((verdict: Verdict, text: string) => string) | undefined {
  if (!process.stdout.isTTY || process.env.NO_COLOR) return undefined;
  const colours = { holds: 32, broken: 31, remark: 33, note: 90 } as const;
  return (verdict, text) => `\x1b[${colours[verdict]}m${text}\x1b[39m`;
}

function plain({ file, problems, reports }: FileOutcome) {
  return {
    file,
    problems,
    parameterizations: reports.map(({ label, report }) => ({
      export: label,
      name: report.name,
      ok: report.ok,
      laws: report.results.map(({ law, verdict, error, detail, counterexample }) => ({ law, verdict, error, detail, counterexample })),
    })),
  };
}
