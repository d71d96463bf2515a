import { pathToFileURL } from "node:url";
import type { ClaimFailure } from "./expectations.js";

/** What this process tells its parent: a block begins; a block ended with these failures. */
export type RunReport =
  | { readonly kind: "begin"; readonly index: number }
  | { readonly kind: "end"; readonly index: number; readonly failures: readonly ClaimFailure[] };

// The blocks print as their readers would see it; only what they claim is reported.
console.log = () => {};

const send = (report: RunReport): void => void process.send?.(report);

for (const [path, index] of JSON.parse(process.env["DOC_BLOCKS"] ?? "[]") as [string, number][]) {
  send({ kind: "begin", index });
  const failures = await import(pathToFileURL(path).href).then(
    (block: { __failures: readonly ClaimFailure[] }) => block.__failures,
    (error: unknown) => [
      { line: lineIn(path, error), message: error instanceof Error ? `throws ${error.name}: ${error.message}` : String(error) },
    ],
  );
  send({ kind: "end", index, failures });
}
process.disconnect();

/** Line of the block from which an error came, by its stack; 1 where the stack does not say. */
function lineIn(path: string, error: unknown): number {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const at = stack.indexOf(path);
  return Number(/^:(\d+)/.exec(stack.slice(at + path.length))?.[1] ?? 1);
}
