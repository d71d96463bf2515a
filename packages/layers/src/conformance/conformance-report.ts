import { showShape, sizeOf } from "@paramat/core";
import type { LawReport, LawResult } from "../law-report.js";
import type { Parameterization } from "../parameterization.js";
import type { Finding, Verdict } from "./law.js";

/** One law and what it found; `ok` unless it is broken. */
export interface ConformanceResult extends LawResult, Finding {}

export interface ConformanceReport extends LawReport {
  readonly name: string;
  readonly results: readonly ConformanceResult[];
  /** A table with a line for each law, the counterexamples, and a line that counts. @param paint colours a mark and its line; nothing if left out */
  print(paint?: (verdict: Verdict, text: string) => string): string;
}

export const marks: Readonly<Record<Verdict, string>> = { holds: "✓", broken: "✗", remark: "!", note: "·" };

export function conformanceReport(K: Parameterization, seed: number, results: readonly ConformanceResult[]): ConformanceReport {
  const { thetaShape, inShape, outShape } = K;
  const count = (verdict: Verdict) => results.filter((r) => r.verdict === verdict).length;
  const title = `${K.name}: θ ${showShape(thetaShape)}, ${showShape(inShape)} → ${showShape(outShape)}, seed ${seed}`;
  const size = `K is ${sizeOf(outShape)} × ${sizeOf(inShape)}, ${K.numParams} parameters`;
  const width = Math.max(...results.map(({ law }) => law.length));
  const total = count("holds") + count("broken");
  const last = count("broken") > 0 ? `${count("broken")} of ${total} laws broken` : `all ${total} laws hold`;
  const print = (paint: (verdict: Verdict, text: string) => string = (_, text) => text) =>
    [
      `${title}; ${size}`,
      ...results.flatMap((r) => [
        paint(r.verdict, `  ${marks[r.verdict]} ${r.law.padEnd(width)}  ${r.detail}`),
        ...(r.table ?? []).map((line) => `      ${line}`),
        ...(r.counterexample
          ? [
              "    counterexample:",
              ...String(r.counterexample)
                .split("\n")
                .map((line) => `      ${line}`),
            ]
          : []),
      ]),
      paint(count("broken") > 0 ? "broken" : "holds", `  ${last}`),
    ].join("\n");
  return { name: K.name, ok: count("broken") === 0, seed, results, print, toString: () => print() };
}
