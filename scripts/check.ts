import { writeFileSync } from "node:fs";
import { runStage, type Stage, type StageResult, stageLine } from "./stages/run-stage.js";

const program = (path: string): [string, ...string[]] => [process.execPath, "--import", "tsx", path];

// Cheapest first, so that a slip is told within seconds; every stage runs, so that one pass shows all there is to mend.
const stages: readonly Stage[] = [
  { name: "lock", command: ["npm", "ci", "--dry-run"] },
  { name: "licences", command: program("scripts/licences.ts") },
  { name: "house", command: program("scripts/house.ts") },
  { name: "lint", command: ["node_modules/.bin/biome", "check", "--error-on-warnings", "."] },
  { name: "types", command: ["node_modules/.bin/tsc", "--noEmit"] },
  { name: "docs", command: program("scripts/docs-check.ts") },
  { name: "tests", command: ["node_modules/.bin/vitest", "run"], live: true },
];

const withoutTests = process.argv.includes("--without-tests");
const report = process.argv.find((a) => a.startsWith("--report="))?.slice("--report=".length);

const results: StageResult[] = [];
for (const stage of stages.filter((s) => !(withoutTests && s.name === "tests"))) {
  const result = await runStage(stage, (text) => process.stdout.write(text));
  console.log(stageLine(result));
  results.push(result);
}

const failed = results.filter((r) => !r.passed);
const seconds = results.reduce((sum, r) => sum + r.seconds, 0);
if (report) writeFileSync(report, JSON.stringify({ numPassed: results.length - failed.length, numFailed: failed.length }));
console.log(
  failed.length === 0
    ? `check: all ${results.length} stages passed in ${seconds.toFixed(1)} s`
    : `check: ${failed.map((r) => r.name).join(", ")} failed (${failed.length} of ${results.length} stages, ${seconds.toFixed(1)} s)`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
