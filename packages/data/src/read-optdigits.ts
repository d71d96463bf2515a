import { DataError } from "@paramat/core";
import type { Split } from "./dataset.js";

const numIn = 64;
const maxGrey = 16;

/**
 * images[e, i, j] = value[e, 8i + j] / 16: the rows of an `optdigits` text file, 64 counts 0 … 16 and a class 0 … 9 each.
 * @param text the file; empty lines are passed over
 * @param name the file's name, for error messages
 * @returns images [rows, 8, 8, 1]
 * @throws DataError naming line and column (both from 1) of what is not such a number, or the line that has not 65 of them
 * @remarks Optical Recognition of Handwritten Digits, UCI data set 80 (Alpaydin, Kaynak, 1998).
 */
export function readOptdigits(text: string, name: string): Split {
  const rows: number[][] = [];
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() !== "") rows.push(readRow(line, `${name}, line ${at + 1}`));
  });
  const images = new Float32Array(rows.length * numIn);
  rows.forEach((row, e) => {
    for (let i = 0; i < numIn; i++) images[e * numIn + i] = row[i]! / maxGrey;
  });
  return { size: rows.length, images, labels: Uint8Array.from(rows, (row) => row[numIn]!) };
}

function readRow(line: string, place: string): number[] {
  const fields = line.split(",");
  if (fields.length !== numIn + 1) {
    throw new DataError(`readOptdigits: ${place}: ${fields.length} values; there must be ${numIn + 1}: ${numIn} counts and a class`);
  }
  return fields.map((field, column) => {
    const limit = column === numIn ? 9 : maxGrey;
    const trimmed = field.trim();
    if (!/^\d{1,2}$/.test(trimmed) || Number(trimmed) > limit) {
      throw new DataError(
        `readOptdigits: ${place}, column ${column + 1}: "${trimmed}"; ` +
          `${column === numIn ? "the class" : "a count"} must be a whole number from 0 to ${limit}`,
      );
    }
    return Number(trimmed);
  });
}
