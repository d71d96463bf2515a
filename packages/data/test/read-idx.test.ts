import { DataError } from "@paramat/core";
import { gzip, readIdx, writeIdx } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";

/** A 2 × 3 file, written out by hand. */
const literal = Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255);

test("reads a file written out by hand", () => {
  expect(readIdx(literal, "a")).toEqual({ shape: [2, 3], data: Uint8Array.of(10, 20, 30, 40, 50, 255) });
});

test("reads it at an offset within a larger buffer", () => {
  const within = new Uint8Array(40);
  within.set(literal, 7);
  expect(readIdx(within.subarray(7, 7 + literal.length), "a").shape).toEqual([2, 3]);
});

test("sizes are big-endian", () => {
  expect(readIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 1, 2, ...new Array<number>(258).fill(9)), "a").shape).toEqual([258]);
});

test("inverts writeIdx", () => {
  const arrays = fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }).chain((shape) => {
    const length = shape.reduce((product, size) => product * size, 1);
    return fc.record({ shape: fc.constant(shape), data: fc.uint8Array({ minLength: length, maxLength: length }) });
  });
  fc.assert(
    fc.property(arrays, (array) => {
      const read = readIdx(writeIdx(array), "a");
      expect(read.shape).toEqual(array.shape);
      expect([...read.data]).toEqual([...array.data]);
    }),
  );
});

const faults: readonly (readonly [string, Uint8Array, string])[] = [
  ["nothing", new Uint8Array(0), "readIdx: f holds 0 bytes; an IDX header has at least 4"],
  ["text", new TextEncoder().encode("<html>"), "readIdx: f is not an IDX file: it begins with bytes 3c 68; an IDX file begins with 00 00"],
  ["floats", Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 0), "readIdx: f has type code 0x0d (32-bit floats); only 0x08 (unsigned bytes) is read"],
  ["an unknown type", Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 0), "type code 0x0a (no known type)"],
  ["no dimensions", Uint8Array.of(0, 0, 8, 0, 1), "readIdx: f has 0 dimensions in its header; there must be at least 1"],
  [
    "a short header",
    Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1),
    "readIdx: f ends inside its header: it holds 8 bytes; a header of 3 dimensions has 16",
  ],
  ["too little data", literal.subarray(0, 15), "readIdx: f holds 3 bytes of data, its header promises 6 (shape [2, 3])"],
  ["too much data", Uint8Array.of(...literal, 1), "readIdx: f holds 7 bytes of data, its header promises 6"],
  [
    "an enormous promise",
    Uint8Array.of(0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255),
    "f holds 0 bytes of data, its header promises 18446744065119617000",
  ],
];

test.each(faults)("refuses %s", (_, bytes, message) => {
  expect(() => readIdx(bytes, "f")).toThrow(DataError);
  expect(() => readIdx(bytes, "f")).toThrow(message);
});

test("refuses a gzipped file and says how to unpack it", async () => {
  const bytes = await gzip(literal);
  expect(() => readIdx(bytes, "f")).toThrow(DataError);
  expect(() => readIdx(bytes, "f")).toThrow("unpack it first: readIdx(await gunzip(bytes, name), name)");
});
