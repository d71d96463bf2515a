import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "count-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What `.ci/count.mjs` prints for these reports; null is a report that was never written. */
function count(...reports: readonly (object | null)[]): { readonly line: string; readonly status: number } {
  const own = mkdtempSync(join(folder, "run-"));
  const paths = reports.map((report, i) => {
    const path = join(own, `${i}.json`);
    if (report !== null) writeFileSync(path, JSON.stringify(report));
    return path;
  });
  const script = join(import.meta.dirname, "../.ci/count.mjs");
  try {
    return { line: execFileSync(process.execPath, [script, ...paths], { encoding: "utf8" }), status: 0 };
  } catch (error) {
    const { stdout, status } = error as { stdout: string; status: number };
    return { line: stdout, status };
  }
}

const stages = { numPassed: 6, numFailed: 0 };

test("stages and tests are added up", () => {
  const tests = { numPassedTests: 40, numFailedTests: 0, testResults: [{ status: "passed", assertionResults: [{ status: "passed" }] }] };
  expect(count(stages, tests)).toEqual({ line: "46 passed, 0 failed\n", status: 0 });
});

test("a failed test counts once; a file that broke before its tests counts too", () => {
  const testResults = [
    { status: "failed", assertionResults: [{ status: "failed" }, { status: "passed" }] },
    { status: "failed", assertionResults: [] },
    { status: "failed", assertionResults: [{ status: "skipped" }] },
  ];
  expect(count(stages, { numPassedTests: 1, numFailedTests: 1, testResults })).toEqual({ line: "7 passed, 3 failed\n", status: 1 });
});

test("a report that is not there is a failure", () => {
  expect(count(stages, null)).toEqual({ line: "6 passed, 1 failed\n", status: 1 });
});
