import { checkDerivatives } from "@paramat/core/check";
import { expect, test } from "vitest";
import { rng } from "../../src/rng.js";
import { randomProgram } from "./random-programs.js";

test("a thousand random programs that are right are not flagged", () => {
  const stream = rng(2024);
  const flagged: string[] = [];
  let inconclusive = 0;
  for (let i = 0; i < 1000; i++) {
    const { source, f, x } = randomProgram(stream);
    const report = checkDerivatives(f, x, { seed: i, directions: 1, entries: 6, order: i % 2 === 0 ? 2 : 1 });
    if (report.checks.some(({ verdict }) => verdict === "inconclusive")) inconclusive++;
    if (!report.ok) flagged.push(`${i}: ${source}\n${report}`);
  }
  expect(flagged.slice(0, 3).join("\n\n")).toBe("");
  // The programs have no kinks: a checker that doubts them says too little.
  expect(inconclusive).toBeLessThan(10);
}, 60_000);
