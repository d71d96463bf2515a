/**
 * `npm run bench:few -- [--data optdigits,mnist] [--seeds 1-20] [--quick] [--doc]`: test accuracy of linear classifiers from 200 training images without a
 * penalty and with three, λ chosen by each method. Results are kept in .paramat-cache/few-examples, and seeds that are there are not run again (`--fresh`
 * runs them); `--doc` writes the tables of docs/few-examples.md and its pictures from all that are there.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { wasm } from "@paramat/backends/wasm";
import { type DatasetName, loadDataset } from "@paramat/data/node";
import { dataSection } from "./few-examples/page.js";
import { accuracyPicture, weightsPicture } from "./few-examples/pictures.js";
import type { SeedRecord } from "./few-examples/record.js";
import { imageRows, trySeed } from "./few-examples/try-seed.js";

const { values: given } = parseArgs({
  options: {
    data: { type: "string", default: "optdigits,mnist" },
    seeds: { type: "string", default: "1-20" },
    quick: { type: "boolean", default: false },
    fresh: { type: "boolean", default: false },
    doc: { type: "boolean", default: false },
  },
});
const [first, last] = (given.quick ? "1-2" : given.seeds).split("-").map(Number) as [number, number?];
const seeds = Array.from({ length: (last ?? first) - first + 1 }, (_, k) => first + k);
const kept = new URL("../.paramat-cache/few-examples/", import.meta.url);
const names = given.data.split(",") as DatasetName[];

for (const name of names) await run(name);
if (given.doc) await writePage();
process.exit(0);

async function run(name: DatasetName): Promise<void> {
  const folder = new URL(`${name}/`, kept);
  mkdirSync(folder, { recursive: true });
  const place = (seed: number) => new URL(`${seed}.json`, folder);
  const missing = seeds.filter((seed) => given.fresh || !existsSync(place(seed)));
  if (missing.length === 0) return;
  const data = await loadDataset(name);
  const tests = imageRows(wasm({ precision: "float64" }), data.test);
  const began = performance.now();
  for (const [k, seed] of missing.entries()) {
    const record = await trySeed(data, tests, seed);
    writeFileSync(place(seed), JSON.stringify(record, null, 1));
    const left = ((performance.now() - began) / 1000 / (k + 1)) * (missing.length - k - 1);
    console.error(
      `${name}: seed ${seed}, ${record.seconds.toFixed(0)} s; ${missing.length - k - 1} seeds left, about ${left.toFixed(0)} s`,
    );
    // The collector frees arrays of earlier seeds between turns.
    await new Promise(setImmediate);
  }
}

/** The page says what is there: draws that were not run are not waited for. */
async function writePage(): Promise<void> {
  const docs = new URL("../docs/", import.meta.url);
  const sections: string[] = [];
  for (const name of names) {
    const folder = new URL(`${name}/`, kept);
    const records = readdirSync(folder)
      .map((file): SeedRecord => JSON.parse(readFileSync(new URL(file, folder), "utf8")))
      .sort((a, b) => a.seed - b.seed);
    const data = await loadDataset(name);
    const pictures = { accuracy: await accuracyPicture(name, records), weights: await weightsPicture(data, records[0]!) };
    for (const [what, svg] of Object.entries(pictures)) writeFileSync(new URL(`pictures/few-examples-${name}-${what}.svg`, docs), svg);
    sections.push(
      dataSection(name, data.test.size, records),
      `![Test accuracy against λ on ${name}](pictures/few-examples-${name}-accuracy.svg)`,
      `![Weights as images on ${name}, without and with penalties](pictures/few-examples-${name}-weights.svg)`,
    );
  }
  const page = new URL("few-examples.md", docs);
  const [before, after] = readFileSync(page, "utf8").split(/<!-- measured -->[\s\S]*<!-- end -->/) as [string, string];
  writeFileSync(page, `${before}<!-- measured -->\n\n${sections.join("\n\n")}\n\n<!-- end -->${after}`);
}
