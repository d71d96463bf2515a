import { DataError } from "@paramat/core";
import { readOptdigits } from "@paramat/data";
import fc from "fast-check";
import { expect, test } from "vitest";

function row(change: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 65 }, (_, column) => change[column] ?? "0").join(",");
}

test("scales 64 counts by 1/16 and reads the class; empty lines and CRLF are passed over", () => {
  const split = readOptdigits(`${row({ 0: "16", 9: " 4", 64: "7" })}\r\n\n${row({ 63: "8" })}\n`, "f");
  expect(split.size).toBe(2);
  expect(split.images.length).toBe(128);
  expect([split.images[0], split.images[9], split.images[127], split.images[1]]).toEqual([1, 0.25, 0.5, 0]);
  expect([...split.labels]).toEqual([7, 0]);
});

test("gives back what was written", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ counts: fc.array(fc.nat(16), { minLength: 64, maxLength: 64 }), label: fc.nat(9) }), { maxLength: 5 }),
      (rows) => {
        const split = readOptdigits(rows.map(({ counts, label }) => [...counts, label].join(",")).join("\n"), "f");
        expect([...split.images]).toEqual(rows.flatMap(({ counts }) => counts.map((count) => count / 16)));
        expect([...split.labels]).toEqual(rows.map(({ label }) => label));
      },
    ),
  );
});

const faults: readonly (readonly [string, string, string])[] = [
  ["a short row", `${row()}\n1,2,3`, "readOptdigits: f, line 2: 3 values; there must be 65: 64 counts and a class"],
  ["a count above 16", row({ 4: "17" }), 'readOptdigits: f, line 1, column 5: "17"; a count must be a whole number from 0 to 16'],
  ["a class above 9", row({ 64: "10" }), 'readOptdigits: f, line 1, column 65: "10"; the class must be a whole number from 0 to 9'],
  ["a negative count", row({ 0: "-1" }), 'line 1, column 1: "-1"'],
  ["a fraction", row({ 1: "1.5" }), 'line 1, column 2: "1.5"'],
  ["a word", `\n${row({ 2: "x" })}`, 'line 2, column 3: "x"'],
  ["a gap", row({ 3: "" }), 'line 1, column 4: ""'],
];

test.each(faults)("refuses %s", (_, text, message) => {
  expect(() => readOptdigits(text, "f")).toThrow(DataError);
  expect(() => readOptdigits(text, "f")).toThrow(message);
});
