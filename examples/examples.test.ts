import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL(".", import.meta.url));
const programs = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

// Each program ends in an assertion of its own, so running to the end is the test.
test.each(programs)("%s runs to its end", { timeout: 120_000 }, async (file) => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--conditions=paramat-source", "--import", "tsx", file], { cwd: folder });
  expect(stdout.length).toBeGreaterThan(0);
});
