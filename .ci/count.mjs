import { existsSync, readFileSync } from "node:fs";

// Adds up the reports that the run left: stages of `npm run check` and vitest's JSON. A report named and not there counts as one failure.
// A failed test file in which no test failed broke before its tests ran; it counts as one failure too.
let passed = 0;
let failed = 0;
for (const path of process.argv.slice(2)) {
  if (!existsSync(path)) {
    failed += 1;
    continue;
  }
  const report = JSON.parse(readFileSync(path, "utf8"));
  passed += report.numPassed ?? report.numPassedTests;
  failed += report.numFailed ?? report.numFailedTests;
  for (const file of report.testResults ?? []) {
    if (file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed")) failed += 1;
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
