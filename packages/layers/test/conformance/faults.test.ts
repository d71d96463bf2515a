import { cpu } from "@paramat/backends";
import { afterAll, describe, expect, test } from "vitest";
import { checkConformance } from "../../src/laws.js";
import { faults } from "./faults/planted-faults.js";
import { causal, ring, ringMatrix } from "./faults/right-kernels.js";

const backend = cpu("float64");
const table: string[] = [];
const width = Math.max(...faults.map(({ fault }) => fault.length));
afterAll(() => console.log([`${"fault".padEnd(width)}  caught by`, ...table].join("\n")));

describe("checkConformance", () => {
  test.each([
    ["ring", ring, { matrix: ringMatrix }],
    ["causal", causal, {}],
  ] as const)("finds nothing wrong with %s, which the faults are changed from", (_, K, options) => {
    const report = checkConformance(K, backend, { ...options, float32: cpu("float32"), timing: false });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.every(({ verdict }) => verdict === "holds")).toBe(true);
  });

  test.each(faults)("catches $fault", ({ fault, make, caughtBy, says, options }) => {
    const report = checkConformance(make(), backend, { timing: false, ...options });
    const broken = report.results.filter((r) => !r.ok).map((r) => r.law);
    table.push(`${fault.padEnd(width)}  ${broken.join(", ")}`);
    expect(report.ok).toBe(false);
    expect(broken).toEqual(expect.arrayContaining([...caughtBy]));
    expect(String(report)).toContain(says);
  });
});
