import type { Precision } from "@paramat/backends";
import type { Point } from "./measure.js";
import type { Row } from "./summary.js";

export interface PrecisionResults {
  readonly precision: Precision;
  readonly tables: readonly {
    readonly examples: number;
    readonly contraction: Point["contraction"];
    readonly rows: readonly Row[];
  }[];
}

const titles = { apply: "K y", applyTranspose: "Kᵀ z", jacobianTranspose: "θ-gradient" } as const;

/** What stands between the marks of docs/structure-pays.md: the pictures and tables of one measurement. */
export function structureTables(
  results: readonly PrecisionResults[],
  { machine, date }: { readonly machine: string; readonly date: string },
): string {
  const parts = results.flatMap(({ precision, tables }) => {
    const batches = [...new Set(tables.map(({ examples }) => examples))];
    return batches.flatMap((examples) => [
      `### ${precision}, ${examples === 1 ? "one example" : `${examples} examples`}`,
      `![Time against n, ${precision}, examples: ${examples}](pictures/structure-${precision}-${examples}.svg)`,
      ...tables
        .filter((table) => table.examples === examples)
        .map(({ contraction, rows }) => `**${titles[contraction]}**, microseconds\n\n${tableOf(rows)}`),
    ]);
  });
  return [`Measured on ${date}: ${machine}. Best of interleaved rounds, compiled.`, ...parts].join("\n\n");
}

function tableOf(rows: readonly Row[]): string {
  const heads = ["", "n = 2⁶", "2⁹", "2¹²", "2¹⁴", "grows as n to the", "should", "faster than dense from n =", "times faster"];
  const lines = rows.map((row) => `| ${Object.values(row).join(" | ")} |`);
  return [`| ${heads.join(" | ")} |`, `|${heads.map(() => "---").join("|")}|`, ...lines].join("\n");
}
