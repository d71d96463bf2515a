import { printNumber } from "@paramat/core";
import type { EpochRecord } from "./epoch-record.js";

/** The records of a run in order: an array of plain data, so `JSON.stringify` takes it, that prints itself. */
export interface History extends ReadonlyArray<EpochRecord> {
  /** A table with a line for each record, and the columns that any record fills. */
  toString(): string;
  /** The same with every digit, separated by commas, with a line of names; what is not there is empty (RFC 4180, lines end in \n). */
  toCsv(): string;
}

/**
 * Records, for example those of a checkpoint, as a history.
 * @example
 * import { historyOf } from "@paramat/optim";
 * const history = historyOf([{ epoch: 1, trainLoss: 0.5, metrics: { accuracy: 0.75 }, isBest: true, seconds: 2 }]);
 * history.toCsv(); // → "epoch,trainLoss,accuracy,isBest,seconds\n1,0.5,0.75,true,2\n"
 */
export function historyOf(records: readonly EpochRecord[]): History {
  const rows = [...records];
  // Hidden from JSON and from comparisons: the records are the data.
  return Object.defineProperties(rows, {
    toString: { value: () => table(rows) },
    toCsv: { value: () => csv(rows) },
  }) as unknown as History;
}

interface Column {
  readonly name: string;
  readonly of: (record: EpochRecord) => number | boolean | undefined;
}

/** Columns that no record fills are left out. */
function columns(records: readonly EpochRecord[]): Column[] {
  const own = (name: Exclude<keyof EpochRecord, "metrics">): Column => ({ name, of: (record) => record[name] });
  const names = [...new Set(records.flatMap(({ metrics = {} }) => Object.keys(metrics)))];
  return [
    ...(["epoch", "trainLoss", "validationLoss"] as const).map(own),
    ...names.map((name): Column => ({ name, of: ({ metrics }) => metrics?.[name] })),
    ...(["learningRate", "gradientNorm", "isBest", "seconds"] as const).map(own),
  ].filter(({ of }) => records.some((record) => of(record) !== undefined));
}

const HEADS: Readonly<Record<string, string>> = {
  trainLoss: "loss",
  validationLoss: "validation",
  learningRate: "learning rate",
  gradientNorm: "‖gradient‖",
  isBest: "best",
};

function table(records: readonly EpochRecord[]): string {
  if (records.length === 0) return "no epoch is finished yet";
  const shown = (x: number | boolean | undefined): string => {
    if (typeof x === "number") return printNumber(Number(x.toPrecision(4)));
    return x ? "*" : "";
  };
  const cells = columns(records).map(({ name, of }) => [HEADS[name] ?? name, ...records.map((record) => shown(of(record)))]);
  const padded = cells.map((column) => {
    const width = Math.max(...column.map((cell) => cell.length));
    return column.map((cell) => cell.padStart(width));
  });
  return [...Array(records.length + 1).keys()].map((row) => padded.map((column) => column[row]).join("  ")).join("\n");
}

function csv(records: readonly EpochRecord[]): string {
  const all = columns(records);
  const lines = [all.map(({ name }) => quoted(name)), ...records.map((record) => all.map(({ of }) => String(of(record) ?? "")))];
  return lines.map((line) => `${line.join(",")}\n`).join("");
}

function quoted(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
