import type { Buffer } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";
import { coordinates } from "../coordinates.js";
import type { Device } from "../launch.js";
import { literal } from "../literal.js";
import { type Form, formShape, type Lines, lineReader, timesEntry } from "./lines.js";

export interface TimesTable {
  readonly from: Form;
  readonly to: Form;
  /** Of what is read. */
  readonly lines: Lines;
  /** Entries of each line of the result: as many from the beginning, or all and zeros after them. */
  readonly n: number;
  readonly table: Float32Array;
  /** Says what the table holds. */
  readonly tableName: string;
  readonly isConjugate: boolean;
  readonly scale: number;
}

/** x_j w_j or x_j w̄_j along lines, for complex w in a table. */
export function timesTable(
  device: Device,
  { from, to, lines, n, table, tableName, isConjugate, scale }: TimesTable,
  input: Buffer,
): Buffer {
  const shape = formShape(to, { ...lines, n });
  return device.run({
    key: `times ${tableName}${isConjugate ? "*" : ""} [${lines.outer},${lines.n}→${n},${lines.inner}] ${from}→${to} ${scale}`,
    operands: [input],
    tables: { factors: table },
    length: numEntries(shape),
    body: () => {
      const { code, names } = coordinates("i", shape, "c");
      const [plane, outer, at, inner] = names as [string, string, string, string];
      const reader = lineReader(from, lines, [plane, outer, inner], isConjugate);
      const number = reader.read(at, "");
      const padding = n > lines.n ? `if (${at} >= ${lines.n}) { return 0.0; }` : "";
      const value = timesEntry(number, "factors", at, plane);
      return `${code}\n${padding}\n${reader.start}\n${number.code}\nreturn ${scale === 1 ? value : `${value} * ${literal(scale)}`};`;
    },
  });
}
