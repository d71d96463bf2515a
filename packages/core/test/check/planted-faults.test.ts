import { describe, expect, test } from "vitest";
import { catchFault, faultTable, plantedFaults } from "./planted-faults.js";

describe("planted faults", () => {
  const rows = plantedFaults.map(catchFault);
  console.log(faultTable(rows));

  test.each(plantedFaults.map(({ fault, names }, i) => ({ fault, names, i })))("caught, and named $names: $fault", ({ names, i }) => {
    const { report, caughtBy } = rows[i] as (typeof rows)[number];
    expect(report.ok).toBe(false);
    expect(caughtBy.length).toBeGreaterThan(0);
    const lines = String(report).split("\n");
    expect(lines.filter((line) => line.startsWith("✗") || line.startsWith("  ")).join("\n")).toContain(names);
    expect(lines.at(-1)).toBe(`rerun: checkDerivatives(f, x, { seed: ${report.seed} })`);
  });
});
