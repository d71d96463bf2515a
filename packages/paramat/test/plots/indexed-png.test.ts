import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { clearEntry, indexedPng } from "../../src/plots/indexed-png.js";

const palette = Uint8Array.from({ length: 768 }, (_, i) => i % 251);

/** The chunks of a PNG by name. */
function chunks(address: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(address.replace("data:image/png;base64,", ""), "base64");
  const found = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    found.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return found;
}

test("another program reads the pixels that were written", () => {
  const pixels = Uint8Array.from({ length: 6 }, (_, i) => 40 * i);
  const read = chunks(indexedPng(pixels, 3, 2, palette));
  expect([...read.keys()]).toEqual(["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]);
  expect([...(read.get("IHDR") as Buffer)]).toEqual([0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  // Each line begins with its filter, 0.
  expect([...inflateSync(read.get("IDAT") as Buffer)]).toEqual([0, 0, 40, 80, 0, 120, 160, 200]);
  expect(read.get("PLTE")?.equals(palette)).toBe(true);
  expect([...(read.get("tRNS") as Buffer).entries()].filter(([, alpha]) => alpha === 0)).toEqual([[clearEntry, 0]]);
});

test("images of more than one block of 65535 bytes too", () => {
  const pixels = Uint8Array.from({ length: 300 * 300 }, (_, i) => (i * i) % 256);
  const lines = inflateSync(chunks(indexedPng(pixels, 300, 300, palette)).get("IDAT") as Buffer);
  expect(lines.length).toBe(300 * 301);
  for (let i = 0; i < 300; i += 37)
    expect(lines.subarray(i * 301 + 1, (i + 1) * 301).equals(pixels.subarray(i * 300, (i + 1) * 300))).toBe(true);
});

test("the last chunk has the checksum that every PNG ends in", () => {
  const bytes = Buffer.from(indexedPng(new Uint8Array(1), 1, 1, palette).split(",")[1] as string, "base64");
  expect(bytes.subarray(-4).toString("hex")).toBe("ae426082");
});
