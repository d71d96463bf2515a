import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { checkConformance } from "../../src/laws.js";
import { everyParameterization } from "../every-parameterization.js";

const backend = cpu("float64");
describe("every parameterization of ours passes the kit", () => {
  test.each(Object.entries(everyParameterization))("%s", (_, K) => {
    const report = checkConformance(K, backend, { float32: cpu("float32"), timing: false });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
  });
});
