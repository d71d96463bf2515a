import { checkDerivatives } from "@paramat/core/check";
import { expect, test } from "vitest";
import { rng } from "../../src/rng.js";
import { type RandomProgram, randomProgram } from "./random-programs.js";

/** The first reports of programs that are not ok, and how many were in doubt. */
function judge(count: number, next: () => RandomProgram): { readonly flagged: string[]; readonly doubtful: number } {
  const flagged: string[] = [];
  let doubtful = 0;
  for (let i = 0; i < count; i++) {
    const { source, f, x } = next();
    const report = checkDerivatives(f, x, { seed: i, directions: 1, entries: 6, order: i % 2 === 0 ? 2 : 1 });
    if (report.checks.some(({ verdict }) => verdict === "inconclusive")) doubtful++;
    if (!report.ok) flagged.push(`${i}: ${source}\n${report}`);
  }
  return { flagged, doubtful };
}

test("a thousand random programs that are right are not flagged", () => {
  const stream = rng(2024);
  const { flagged, doubtful } = judge(1000, () => randomProgram(stream));
  expect(flagged.slice(0, 3).join("\n\n")).toBe("");
  // The programs have no kinks: a checker that doubts them says too little.
  expect(doubtful).toBeLessThan(10);
}, 60_000);

test("nor are a thousand that turn corners", () => {
  const stream = rng(2025);
  const { flagged, doubtful } = judge(1000, () => randomProgram(stream, true));
  expect(flagged.slice(0, 3).join("\n\n")).toBe("");
  expect(doubtful).toBeLessThan(100);
}, 60_000);
