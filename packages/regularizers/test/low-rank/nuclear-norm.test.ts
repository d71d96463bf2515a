import { ndarray, norm } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nuclearNorm } from "../../src/low-rank/nuclear-norm.js";
import { backend, expectLaws, normal, weights } from "../fixtures/trees.js";

describe("nuclearNorm", () => {
  it("keeps every law at full rank", () => {
    const matrices = fc.integer({ min: 1, max: 99 }).map((seed) => ({ W: normal(seed, 3, 4) }));
    expectLaws(weights, (lambda) => nuclearNorm(lambda), matrices);
  });

  it("takes λτ off every singular value", () => {
    const W = normal(7, 5, 3);
    const before = thinSvd(W).sigma;
    const after = thinSvd(nuclearNorm(0.5).prox(W, 2)).sigma;
    after.forEach((s, i) => expect(s).toBeCloseTo(Math.max(0, (before[i] as number) - 1), 12));
    // The same by a value
    expect(thinSvd(nuclearNorm(0.5).prox(W, ndarray(backend, 2))).sigma[0]).toBeCloseTo((before[0] as number) - 1, 12);
  });

  it("lies between the length and √rank times the length", () => {
    const W = normal(8, 4, 4);
    const [value, size] = [nuclearNorm()(W).item(), norm(W).item()];
    expect(value).toBeGreaterThan(size);
    expect(value).toBeLessThan(2 * size);
  });
});
