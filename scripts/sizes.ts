import { join } from "node:path";
import { pageSizes, programSizes } from "./sizes/measure.js";

// What browsers fetch, minified and gzipped.
const root = join(import.meta.dirname, "..");
const kib = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;
const all = [...(await programSizes(root)), ...(await pageSizes(join(root, "examples/browser")))];
console.log(`${"".padEnd(44)}${"minified".padStart(11)}${"gzipped".padStart(13)}`);
for (const { name, minified, gzipped, strays } of all) {
  console.log(`${name.padEnd(44)}${kib(minified)}  ${kib(gzipped)}${strays.length > 0 ? `  with ${strays.join(", ")}` : ""}`);
}
