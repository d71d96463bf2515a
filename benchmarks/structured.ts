/**
 * `npm run bench:structure -- [--precision float32] [--only circulant,dense] [--rounds 7] [--most 14] [--doc]`: what each parameterization costs for
 * n = 2⁶ … 2¹⁴ beside a dense matrix, how that grows, and from which n on it is faster. `--doc` writes the tables of
 * docs/structure-pays.md and its pictures.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import type { Precision } from "@paramat/backends";
import { families } from "./structured/families.js";
import { contractions, measure, type Point } from "./structured/measure.js";
import { structureTables } from "./structured/page.js";
import { picture } from "./structured/picture.js";
import { summary } from "./structured/summary.js";

const { values: options } = parseArgs({
  options: {
    precision: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string", default: "7" },
    most: { type: "string", default: "14" },
    examples: { type: "string", default: "1,64" },
    doc: { type: "boolean", default: false },
  },
});
const precisions = (options.precision?.split(",") ?? ["float32", "float64"]) as Precision[];
const chosen = families.filter(({ name }) => name === "dense" || !options.only || options.only.split(",").includes(name));
const batches = options.examples.split(",").map(Number);
const logs = Array.from({ length: Number(options.most) - 5 }, (_, k) => k + 6);

const results = precisions.map((precision) => {
  const points: Point[] = [];
  for (const examples of batches) {
    for (const log of logs) {
      points.push(...measure(chosen, { precision, examples, log, rounds: Number(options.rounds), sample: 2 }));
      console.error(`${precision}, ${examples} examples, n = ${2 ** log}`);
    }
  }
  const tables = batches.flatMap((examples) =>
    contractions.map((contraction) => ({ examples, contraction, rows: summary(chosen, points, { examples, contraction }) })),
  );
  for (const { examples, contraction, rows } of tables) {
    console.log(`\n${precision}, ${contraction}, ${examples} example${examples === 1 ? "" : "s"}`);
    console.table(rows);
  }
  return { precision, points, tables };
});

if (options.doc) {
  const docs = new URL("../docs/", import.meta.url);
  mkdirSync(new URL("pictures/", docs), { recursive: true });
  for (const { precision, points } of results) {
    for (const examples of batches) {
      writeFileSync(new URL(`pictures/structure-${precision}-${examples}.svg`, docs), picture(chosen, points, examples));
    }
  }
  const machine = `${cpus()[0]?.model.trim() ?? "unknown"}, Node ${process.versions.node}, one thread`;
  const page = new URL("structure-pays.md", docs);
  const [before, after] = readFileSync(page, "utf8").split(/<!-- measured -->[\s\S]*<!-- end -->/) as [string, string];
  const tables = structureTables(results, { machine, date: new Date().toISOString().slice(0, 10) });
  writeFileSync(page, `${before}<!-- measured -->\n\n${tables}\n\n<!-- end -->${after}`);
}
process.exit(0);
