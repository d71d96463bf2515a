import { type CheckResult, marks, showOffender } from "./check-result.js";

/** What all tests found. */
export interface CheckReport {
  /** No test is wrong, and each derivative that could not be judged at x was found right beside it. */
  readonly ok: boolean;
  readonly seed: number;
  readonly checks: readonly CheckResult[];
  /** A table with a line for each test, then who is to blame, and how to run it again. */
  toString(): string;
}

export function checkReport(op: string, ok: boolean, seed: number, checks: readonly CheckResult[]): CheckReport {
  return {
    ok,
    seed,
    checks,
    toString() {
      // Where all is well beside x, one line says so.
      const around = checks.filter(isBeside);
      const folds = around.length > 0 && around.every(({ verdict }) => verdict === "ok");
      const shown = folds ? checks.filter((check) => !isBeside(check)) : checks;
      const width = Math.max(0, ...shown.map(({ name }) => name.length));
      const rows = shown.map(({ name, verdict, summary }) => `${marks[verdict]} ${name.padEnd(width)}  ${summary}`);
      if (folds) rows.push(`${marks.ok} ${"beside x".padEnd(width)}  ${around.length} of these again, every entry moved by up to a tenth`);
      const count = (verdict: string) => checks.filter((check) => check.verdict === verdict).length;
      const head = [`${count("wrong")} wrong`, `${count("inconclusive")} inconclusive`, `${count("ok")} ok`].filter(
        (part) => !part.startsWith("0 "),
      );
      const blamed = checks.filter((check) => check.offender && check.verdict === "wrong");
      const worst = blamed.map(({ name, offender }) => `  ${name}: ${showOffender(offender as NonNullable<typeof offender>)}`);
      return [
        `${op}: ${ok ? "ok" : "not ok"} (${head.join(", ")})`,
        ...rows,
        ...(worst.length > 0 ? ["worst entries:", ...worst] : []),
        `rerun: ${op}(f, x, { seed: ${seed} })`,
      ].join("\n");
    },
  };
}

/** Marks the name of a test at a point beside x. */
export const besideMark = ", beside x";

function isBeside({ name }: CheckResult): boolean {
  return name.endsWith(besideMark);
}
