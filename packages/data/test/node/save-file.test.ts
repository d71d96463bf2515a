import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@paramat/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveFile } from "../../src/node/save-file.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paramat-save-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("makes folders, replaces a file, leaves nothing else behind", async () => {
  const path = join(folder, "a", "b", "file");
  await saveFile(path, Uint8Array.of(1));
  await saveFile(path, Uint8Array.of(2, 3));
  expect([...(await readFile(path))]).toEqual([2, 3]);
  expect(await readdir(join(folder, "a", "b"))).toEqual(["file"]);
});

test("says which place cannot be written", async () => {
  await writeFile(join(folder, "not-a-folder"), "");
  const saving = saveFile(join(folder, "not-a-folder", "file"), Uint8Array.of(1));
  await expect(saving).rejects.toThrow(DataError);
  await expect(saving).rejects.toThrow(/saveFile: cannot write .*not-a-folder.* or set XDG_CACHE_HOME/);
});
