import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@paramat/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { SourceFile } from "../../src/node/catalogue.js";
import { type ObtainOptions, obtainFile } from "../../src/node/obtain-file.js";
import { type MirrorServer, mirrorServer } from "./mirror-server.js";

const body = Buffer.from("the published bytes");
const file: SourceFile = { path: "set/file.gz", bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };

let root = "";
let server: MirrorServer;
let lines: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "paramat-obtain-"));
  server = await mirrorServer({ "/data/file.gz": (_, response) => response.end(body) });
  lines = [];
});
afterEach(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

function options(mirrors: readonly string[]): ObtainOptions {
  const given = { folder: join(root, "given"), role: "PARAMAT_DATA", remedy: "replace it" };
  const cache = { folder: join(root, "cache"), role: "cache", remedy: "delete it" };
  return { places: [given, cache], mirrors, patience: 1000, fetch, log: (line) => lines.push(line) };
}

async function put(place: "given" | "cache", bytes: Uint8Array): Promise<string> {
  await mkdir(join(root, place, "set"), { recursive: true });
  await writeFile(join(root, place, "set", "file.gz"), bytes);
  return join(root, place, "set", "file.gz");
}

test("downloads once, with or without a slash at the mirror's end, and reads the cache afterwards", async () => {
  expect((await obtainFile(file, options([`${server.address}/data`]))).toString()).toBe(body.toString());
  expect((await readFile(join(root, "cache", "set", "file.gz"))).toString()).toBe(body.toString());
  expect(await readdir(join(root, "cache", "set"))).toEqual(["file.gz"]);
  expect(lines[lines.length - 1]).toBe(`set/file.gz: verified, saved as ${join(root, "cache", "set", "file.gz")}`);
  await obtainFile(file, options([`${server.address}/data/`]));
  expect(server.asked).toEqual(["/data/file.gz"]);
  expect(lines[lines.length - 1]).toBe(`set/file.gz: found in ${join(root, "cache")} (cache)`);
});

test("the folder given comes before the cache and the network", async () => {
  await put("given", body);
  await put("cache", Buffer.from("something else"));
  expect((await obtainFile(file, options([server.address]))).toString()).toBe(body.toString());
  expect(server.asked).toEqual([]);
});

test.each(["given", "cache"] as const)(
  "a damaged file in %s is an error with both hashes and a remedy, never passed over",
  async (place) => {
    const path = await put(place, Buffer.from("damaged"));
    const found = createHash("sha256").update("damaged").digest("hex");
    const obtaining = obtainFile(file, options([`${server.address}/data/`]));
    await expect(obtaining).rejects.toThrow(DataError);
    await expect(obtaining).rejects.toThrow(
      `loadDataset: ${path} (7 bytes) is not the published file: expected sha256 ${file.sha256}, found ${found}; ${place === "given" ? "replace it" : "delete it"}`,
    );
    expect(server.asked).toEqual([]);
  },
);

test("nothing that fails its check is kept", async () => {
  await expect(obtainFile({ ...file, sha256: "0".repeat(64) }, options([`${server.address}/data/`]))).rejects.toThrow(DataError);
  await expect(readdir(join(root, "cache"))).rejects.toThrow("ENOENT");
});

test("off the network, one error says what, where it looked and how to supply it", async () => {
  const looked = `it is not in ${join(root, "given")} (PARAMAT_DATA), nor in ${join(root, "cache")} (cache)`;
  await expect(obtainFile(file, options([]))).rejects.toThrow(
    `loadDataset: set/file.gz is missing: ${looked}; nothing was downloaded, since \`download\` is false or there are no mirrors; ` +
      "connect to the internet, or set PARAMAT_DATA to a folder that holds set/file.gz",
  );
  await expect(obtainFile(file, options([`${server.address}/wrong/`]))).rejects.toThrow(
    `${looked}; downloadFile: no mirror gave set/file.gz; ${server.address}/wrong/file.gz: HTTP status 404`,
  );
});

test("a place that cannot be read is an error, not an absence", async () => {
  await mkdir(join(root, "given", "set", "file.gz"), { recursive: true });
  await expect(obtainFile(file, options([`${server.address}/data/`]))).rejects.toThrow(/cannot read .*it must be a readable file/);
});
