import type { Family } from "./families.js";
import type { Point } from "./measure.js";

/** One parameterization, one contraction, one number of examples: times in microseconds. */
export interface Row {
  readonly family: string;
  readonly "2⁶": string;
  readonly "2⁹": string;
  readonly "2¹²": string;
  readonly "2¹⁴": string;
  /** p where the time grows as n^p, over the upper half of the sizes. */
  readonly exponent: string;
  readonly growth: string;
  /** The smallest n from which on it is faster than dense wherever both were measured. */
  readonly "faster from": string;
  /** Time of dense at n = 4096 (or the largest n of both) over its own. */
  readonly "times faster": string;
}

export function summary(families: readonly Family[], points: readonly Point[], at: Pick<Point, "examples" | "contraction">): Row[] {
  const of = (family: string) =>
    points.filter((p) => p.family === family && p.examples === at.examples && p.contraction === at.contraction);
  const dense = new Map(of("dense").map(({ log, best }) => [log, best]));
  return families.map(({ name, growth }) => {
    const own = of(name);
    const time = (log: number) => {
      const best = own.find((p) => p.log === log)?.best;
      return best === undefined ? "" : showMicroseconds(best);
    };
    const shared = own.filter(({ log }) => dense.has(log));
    const slower = shared.filter(({ log, best }) => best >= (dense.get(log) as number));
    const crossing = Math.max(shared[0]?.log ?? 0, ...slower.map(({ log }) => log + 1));
    const last = shared.at(-1);
    const beyond = last && crossing > last.log;
    return {
      family: name,
      "2⁶": time(6),
      "2⁹": time(9),
      "2¹²": time(12),
      "2¹⁴": time(14),
      exponent: slope(own.filter(({ log }) => log >= 10)),
      growth,
      "faster from": name === "dense" ? "" : beyond ? "none measured" : String(2 ** crossing),
      "times faster": name === "dense" || !last ? "" : `${showRatio((dense.get(last.log) as number) / last.best)} at ${2 ** last.log}`,
    };
  });
}

export function showMicroseconds(ms: number): string {
  const us = 1000 * ms;
  return us >= 100 ? us.toFixed(0) : us.toPrecision(2);
}

function showRatio(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(2);
}

/** Least squares of log₂ time against log₂ n. */
function slope(points: readonly Point[]): string {
  if (points.length < 2) return "";
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const [x, y] = [points.map(({ log }) => log), points.map(({ best }) => Math.log2(best))];
  const [mx, my] = [mean(x), mean(y)];
  const covariance = x.reduce((sum, v, i) => sum + (v - mx) * ((y[i] as number) - my), 0);
  return (covariance / x.reduce((sum, v) => sum + (v - mx) ** 2, 0)).toFixed(2);
}
