import { createHash } from "node:crypto";
import { DataError } from "@paramat/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SourceFile } from "../../src/node/catalogue.js";
import { downloadFile } from "../../src/node/download-file.js";
import { type MirrorServer, mirrorServer } from "./mirror-server.js";

const body = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251));
const file: SourceFile = { path: "set/file", bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") };
const corrupt = Buffer.from(body);
corrupt[77]! ^= 1;

let server: MirrorServer;
beforeAll(async () => {
  server = await mirrorServer({
    "/good": (_, response) => response.end(body),
    "/corrupt": (_, response) => response.end(corrupt),
    "/short": (_, response) => response.end(body.subarray(0, 1000)),
    "/long": (_, response) => response.end(Buffer.concat([body, body])),
    "/cut": (_, response) => {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, 1000), () => response.destroy());
    },
    "/silent": (_, response) => {
      response.writeHead(200, { "content-length": body.length });
      response.write(body.subarray(0, 1000));
    },
    "/gzip-encoded": (request, response) => {
      // Some servers call a gzip file a gzip encoding unless told not to.
      if (request.headers["accept-encoding"] === "identity") response.end(body);
      else response.writeHead(406).end();
    },
  });
});
afterAll(() => server.close());

async function download(...paths: string[]): Promise<{ readonly bytes: Uint8Array; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const urls = paths.map((path) => server.address + path);
  return { bytes: await downloadFile(file, urls, { fetch, log: (line) => lines.push(line), patience: 300 }), lines };
}

test("gives the bytes and tells of progress", async () => {
  const { bytes, lines } = await download("/good");
  expect(Buffer.compare(bytes, body)).toBe(0);
  expect(lines[0]).toBe(`set/file: downloading 0.20 MB from ${server.address}/good`);
  for (const line of lines.slice(1)) expect(line).toMatch(/^set\/file: \d+ %$/);
});

test("asks for the file as it lies", async () => {
  expect((await download("/gzip-encoded")).bytes.length).toBe(body.length);
});

test("goes on to the next mirror after any kind of failure, and says why", async () => {
  const { bytes, lines } = await download("/nowhere", "/corrupt", "/short", "/long", "/cut", "/silent", "/good");
  expect(Buffer.compare(bytes, body)).toBe(0);
  const told = lines.join("\n");
  for (const fault of [
    "/nowhere: HTTP status 404",
    "/corrupt: corrupt: sha256 ",
    "/short: truncated: 1000 of 200000 bytes",
    "/long: more than the 200000 bytes expected",
    "/silent: nothing came for 0.3 s",
  ]) {
    expect(told).toContain(fault);
  }
  expect(told.match(/\/cut: /g)).toHaveLength(1);
});

test("when none is good, one error names each mirror, its fault and what the file must be", async () => {
  const downloading = download("/nowhere", "/short");
  await expect(downloading).rejects.toThrow(DataError);
  await expect(downloading).rejects.toThrow(
    `downloadFile: no mirror gave set/file; ${server.address}/nowhere: HTTP status 404; ${server.address}/short: truncated: 1000 of 200000 bytes; ` +
      `it must have 200000 bytes and sha256 ${file.sha256}`,
  );
});

test("tells the real cause where nobody listens", async () => {
  const closed = await mirrorServer({});
  await closed.close();
  await expect(downloadFile(file, [closed.address], { fetch, log: () => undefined, patience: 300 })).rejects.toThrow("ECONNREFUSED");
});
