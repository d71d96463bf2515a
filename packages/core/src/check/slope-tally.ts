import { type CheckResult, checkResult, type Offender, relativeError, showError } from "./check-result.js";
import { type ComparedSlope, isWorse } from "./compare-slope.js";
import { type Location, showLocation } from "./location.js";

/** Where a slope was compared. */
export interface SlopePlace {
  /** null for a random direction. */
  readonly input: Location | null;
  readonly output?: Location;
  /** What the slope must be divided by to be the derivative. */
  readonly step: number;
}

/** Gathers comparisons of slopes into one result. */
export interface SlopeTally {
  /** Whether an entry is to blame already. */
  hasOffender(): boolean;
  /** f was not finite on both sides. */
  addEdge(): void;
  add(compared: ComparedSlope, place: SlopePlace): void;
  result(): CheckResult;
}

/** @param what is counted */
export function slopeTally(name: string, what = "directions"): SlopeTally {
  let worst: { readonly compared: ComparedSlope; readonly offender: Offender | null } | null = null;
  let [largest, count, edges, noisy] = [0, 0, 0, 0];
  let kink: string | null = null;
  let drownedAt: string | null = null;
  return {
    hasOffender: () => worst !== null && worst.offender !== null,
    addEdge() {
      count++;
      edges++;
    },
    add(compared, { input, output, step }) {
      count++;
      const { verdict, doubt, pair } = compared;
      const { expected, found, sides, magnitude } = pair;
      if (verdict === "ok")
        largest = Math.max(
          largest,
          Math.abs(expected - found) / Math.max(Math.abs(expected), Math.abs(found), magnitude, Number.MIN_VALUE),
        );
      if (doubt === "noise") {
        noisy++;
        if (input) drownedAt ??= showLocation(input);
      }
      if (doubt === "kink")
        kink ??= `${input ? showLocation(input) : "a random direction"} has slopes ${sides.map((s) => showSlope(s / step)).join(" and ")} to its two sides`;
      if (verdict !== "wrong") return;
      const offender = input && { input, ...(output ? { output } : {}), expected: expected / step, found: found / step };
      const isNamed = worst !== null && worst.offender !== null;
      const gains = worst === null || (offender && !isNamed) || (Boolean(offender) === isNamed && isWorse(compared, worst.compared));
      if (gains) worst = { compared, offender };
    },
    result() {
      if (worst) {
        const { expected, found } = worst.compared.pair;
        const error = `relative error ${showError(relativeError(expected, found))}`;
        return worst.offender
          ? checkResult(name, "wrong", error, worst.offender)
          : checkResult(name, "wrong", `${error} in a random direction`);
      }
      if (kink) return checkResult(name, "inconclusive", `x seems to lie at a kink: ${kink}`);
      if (noisy > 0) {
        const first = drownedAt ? `, first in ${drownedAt}` : "";
        return checkResult(name, "inconclusive", `rounding drowns the differences in ${noisy} of ${count} ${what}${first}`);
      }
      if (edges > 0)
        return checkResult(
          name,
          "inconclusive",
          `x seems to lie at the edge of f's domain: f is finite to one side only in ${edges} of ${count} ${what}`,
        );
      return checkResult(name, "ok", `error ${showError(largest)} over ${count} ${what}`);
    },
  };
}

function showSlope(x: number): string {
  return String(Number(x.toPrecision(3)));
}
