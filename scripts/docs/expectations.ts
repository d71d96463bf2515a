import { formatValue } from "./format-value.js";
import { samePrinted } from "./same-printed.js";

/** A claim that did not hold, and its line within the block. */
export interface ClaimFailure {
  readonly line: number;
  readonly message: string;
}

/** What an instrumented block calls; claims that do not hold are gathered, so that one run shows them all. */
export interface Expectations {
  readonly failures: readonly ClaimFailure[];
  value(line: number, expected: string, ...actual: readonly unknown[]): void;
  throws(line: number, body: () => Promise<unknown>, expected: string): Promise<void>;
}

export function expectations(): Expectations {
  const failures: ClaimFailure[] = [];
  return {
    failures,
    value(line, expected, ...actual) {
      const printed = actual.map(formatValue).join(" ");
      if (!samePrinted(printed, expected)) failures.push({ line, message: `says ${expected}; it is ${printed}` });
    },
    async throws(line, body, expected) {
      const message = await body().then(
        () => undefined,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (message === undefined) failures.push({ line, message: `says it throws "${expected}"; it throws nothing` });
      else if (!message.includes(expected)) failures.push({ line, message: `says it throws "${expected}"; it throws "${message}"` });
    },
  };
}
