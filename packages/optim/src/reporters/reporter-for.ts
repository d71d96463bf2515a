import { lineReporter } from "./line-reporter.js";
import type { Reporter } from "./reporter.js";
import { type OutputStream, terminalReporter } from "./terminal-reporter.js";

/** A progress line on a terminal, plain lines in a file or a pipe. */
export function reporterFor(stream: OutputStream): Reporter {
  return stream.isTTY ? terminalReporter(stream) : lineReporter((text) => stream.write(text));
}
