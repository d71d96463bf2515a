import { DataError } from "@paramat/core";
import { writeIdx } from "@paramat/data";
import { expect, test } from "vitest";

test("writes header and data", () => {
  expect(writeIdx({ shape: [1, 2], data: Uint8Array.of(7, 9) })).toEqual(Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9));
});

test("refuses shapes that do not fit", () => {
  expect(() => writeIdx({ shape: [3], data: Uint8Array.of(1) })).toThrow(DataError);
  expect(() => writeIdx({ shape: [3], data: Uint8Array.of(1) })).toThrow(
    "writeIdx: shape [3] has 3 entries, the data 1; they must be equal",
  );
  expect(() => writeIdx({ shape: [], data: Uint8Array.of(1) })).toThrow("writeIdx: shape [] does not fit");
  expect(() => writeIdx({ shape: [2 ** 32], data: Uint8Array.of(1) })).toThrow("writeIdx: shape [4294967296] does not fit");
});
