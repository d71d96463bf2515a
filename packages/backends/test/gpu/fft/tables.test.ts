import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/gpu/engine.js";
import { chirpTable, rootsTable } from "../../../src/gpu/fft/tables.js";
import { reckonedDriver } from "../reckoned-driver.js";

describe("tables of transforms", () => {
  const { device } = createEngine(reckonedDriver());

  it("are made once for a device", () => {
    expect(rootsTable(device, 12)).toBe(rootsTable(device, 12));
    expect(rootsTable(createEngine(reckonedDriver()).device, 12)).not.toBe(rootsTable(device, 12));
  });

  it("hold e^{−2πi k/n} and e^{−πi j²/n}, exact where those are", () => {
    expect([...rootsTable(device, 4)]).toEqual([1, -0, 0, -1, -1, 0, 0, 1].map((x) => expect.closeTo(x, 12)));
    // Squares 0, 1, 4, 9 = 1 mod 8, in eighths of a turn.
    const half = Math.fround(Math.SQRT1_2);
    expect([...chirpTable(device, 4)]).toEqual([1, 0, half, -half, -1, 0, half, -half].map((x) => expect.closeTo(x, 12)));
  });
});
