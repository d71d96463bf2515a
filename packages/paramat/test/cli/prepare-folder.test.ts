import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@paramat/core";
import { afterAll, describe, expect, test } from "vitest";
import { prepareFolder } from "../../src/cli/prepare-folder.js";

const scratch = mkdtempSync(join(tmpdir(), "paramat-folder-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("prepareFolder", () => {
  test("makes every folder that is missing and leaves nothing in it", async () => {
    const folder = join(scratch, "a", "b", "c");
    await prepareFolder(folder);
    await prepareFolder(folder);
    expect(existsSync(folder)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("refuses a file, and a folder below a file", async () => {
    const file = join(scratch, "file");
    writeFileSync(file, "");
    await expect(prepareFolder(file)).rejects.toThrow(
      new DataError(`train: cannot write to --out ${file}: ${file} is a file; give a folder that can be written to`),
    );
    await expect(prepareFolder(join(file, "sub"))).rejects.toThrow(/ENOTDIR.*; give a folder that can be written to/);
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === "win32")("refuses a folder that cannot be written to", async () => {
    await expect(prepareFolder("/")).rejects.toThrow(/cannot write to --out \/: .*; give a folder/);
  });
});
