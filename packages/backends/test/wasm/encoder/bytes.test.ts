import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float32, float64, integerBytes, joined, signed, text, unsigned } from "../../../src/wasm/encoder/bytes.js";

/** Seven bits a byte, the lowest first. */
function decode(bytes: readonly number[]): bigint {
  return bytes.reduce((sum, byte, i) => sum + (BigInt(byte & 0x7f) << BigInt(7 * i)), 0n);
}

function decodeSigned(bytes: readonly number[]): bigint {
  return BigInt.asIntN(7 * bytes.length, decode(bytes));
}

describe("unsigned", () => {
  it.each([
    [0, [0x00]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [624485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])("writes %d as the specification does", (n, bytes) => {
    expect(unsigned(n)).toEqual(bytes);
  });

  it("is read back", () => {
    fc.assert(fc.property(fc.nat({ max: 2 ** 32 - 1 }), (n) => void expect(decode(unsigned(n))).toBe(BigInt(n))));
  });
});

describe("signed", () => {
  it.each([
    [0, [0x00]],
    [63, [0x3f]],
    [64, [0xc0, 0x00]],
    [-64, [0x40]],
    [-65, [0xbf, 0x7f]],
    [-123456, [0xc0, 0xbb, 0x78]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [-(2 ** 31), [0x80, 0x80, 0x80, 0x80, 0x78]],
  ])("writes %d as the specification does", (n, bytes) => {
    expect(signed(n)).toEqual(bytes);
    expect(signed(BigInt(n))).toEqual(bytes);
  });

  it("is read back, also past 32 bits", () => {
    fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (n) => void expect(decodeSigned(signed(n))).toBe(n)));
  });
});

describe("constants in memory", () => {
  it("are little-endian", () => {
    expect(float32(1)).toEqual([0, 0, 0x80, 0x3f]);
    expect(float64(-2)).toEqual([0, 0, 0, 0, 0, 0, 0, 0xc0]);
    expect(integerBytes(-2, 4)).toEqual([0xfe, 0xff, 0xff, 0xff]);
    expect(integerBytes(0x0102030405060708n, 8)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it("names carry their length in bytes", () => {
    expect(text("né")).toEqual([3, 0x6e, 0xc3, 0xa9]);
  });

  it("pieces are joined in order", () => {
    expect(joined([1, 2], [], [3])).toEqual([1, 2, 3]);
  });
});
