import { readFileSync, writeFileSync } from "node:fs";
import { launchChromium } from "./chromium.js";
import { gpuParityInPage, type Parity } from "./gpu-parity-in-page.js";
import { runInPage } from "./run-in-page.js";

// Prints how far the GPU backend is from float64 on the CPU, in Chromium on this machine; with --write, into docs/backends.md too.
const DOC = "docs/backends.md";
const [BEGIN, END] = ["<!-- gpu parity: npm run parity -- --write -->\n", "<!-- end of gpu parity -->"];

const browser = await launchChromium(true);
const version = browser.version();
await browser.close();
const { executedOn, rows } = await runInPage(gpuParityInPage, "gpu-parity-in-page.js", { gpu: true });
const table = [
  "| | webgl2 | webgpu |",
  "|---|---|---|",
  ...rows.map(({ what, webgl2, webgpu }: Parity) => `| ${what} | ${written(webgl2)} | ${written(webgpu)} |`),
  "",
  `In Chromium ${version}: ${executedOn.map((name) => `\`${name}\``).join(", ")}.`,
  "",
].join("\n");
console.log(table);
if (process.argv.includes("--write")) {
  const text = readFileSync(DOC, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`gpu-parity: ${DOC} has no place for the table, between ${BEGIN.trim()} and ${END}`);
  writeFileSync(DOC, text.slice(0, from + BEGIN.length) + table + text.slice(to));
}

function written(difference: number): string {
  return difference === 0 ? "0" : difference.toExponential(1);
}
