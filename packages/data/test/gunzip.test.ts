import { gzipSync } from "node:zlib";
import { DataError } from "@paramat/core";
import { gunzip } from "@paramat/data";
import { expect, test } from "vitest";

const text = new TextEncoder().encode("stencil");

/** "stencil" as `gzip -n` of GNU gzip 1.12 writes it. */
const literal = Uint8Array.from(Buffer.from("1f8b08000000000000032b2e49cd4bcecc0100f6aadee007000000", "hex"));

test("unpacks a file written by gzip", async () => {
  expect(await gunzip(literal, "a.gz")).toEqual(text);
});

test("unpacks what zlib packs, however large, and at an offset within a larger buffer", async () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i) % 251);
  const packed = gzipSync(bytes);
  const within = new Uint8Array(packed.length + 20);
  within.set(packed, 7);
  expect(Buffer.compare(await gunzip(within.subarray(7, 7 + packed.length), "a.gz"), bytes)).toBe(0);
});

test.each([
  ["nothing", new Uint8Array(0), "gunzip: f is not a gzip file: it is empty; a gzip file begins with 1f 8b"],
  ["one byte", Uint8Array.of(0x1f), "gunzip: f is not a gzip file: it begins with bytes 1f;"],
  ["text", new TextEncoder().encode("<html>"), "gunzip: f is not a gzip file: it begins with bytes 3c 68; a gzip file begins with 1f 8b"],
])("refuses %s", async (_, bytes, message) => {
  await expect(gunzip(bytes, "f")).rejects.toThrow(DataError);
  await expect(gunzip(bytes, "f")).rejects.toThrow(message);
});

test("refuses a file cut off anywhere, with the reason", async () => {
  for (let length = 2; length < literal.length; length++) {
    const unpacking = gunzip(literal.subarray(0, length), "f");
    await expect(unpacking).rejects.toThrow(DataError);
    await expect(unpacking).rejects.toThrow(
      `gunzip: f is a truncated or damaged gzip file of ${length} bytes (unexpected end of file); fetch the file again`,
    );
  }
});

test("refuses a file whose data or checksum is damaged", async () => {
  for (const at of [literal.length - 6, literal.length - 1]) {
    const damaged = Uint8Array.from(literal);
    damaged[at]! ^= 1;
    await expect(gunzip(damaged, "f")).rejects.toThrow(DataError);
    await expect(gunzip(damaged, "f")).rejects.toThrow(
      /^gunzip: f is a truncated or damaged gzip file of 27 bytes \(.+\); fetch the file again$/,
    );
  }
});
