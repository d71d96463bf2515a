import { epochLine } from "./epoch-line.js";
import type { Reporter } from "./reporter.js";

/** One line for each epoch and each message: for files and pipes. @param write is given whole lines, each with its line break */
export function lineReporter(write: (text: string) => unknown): Reporter {
  return {
    batch: () => {},
    epoch: (record, epochs, unit) => void write(`${epochLine(record, epochs, unit)}\n`),
    message: (text) => void write(`${text}\n`),
    close: () => {},
  };
}
