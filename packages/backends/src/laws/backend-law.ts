import * as fc from "fast-check";
import type { Backend } from "../backend.js";

/** How many cases a law draws, and from which seed (a failure reports its seed). */
export interface LawOptions {
  readonly seed?: number;
  readonly numRuns?: number;
}

/** One statement about the kernels of any backend. */
export interface BackendLaw {
  readonly name: string;
  /** Rejects with the law, the shrunk case and the seed if `backend` breaks the law. */
  readonly check: (backend: Backend, options?: LawOptions) => Promise<void>;
}
/** The law that `verify` holds on every case drawn from `cases`. */
export function backendLawOf<C>(
  name: string,
  cases: fc.Arbitrary<C>,
  verify: (backend: Backend, drawn: C) => Promise<void>,
  defaultRuns = 60,
): BackendLaw {
  return {
    name,
    check: async (backend, options = {}) => {
      const property = fc.asyncProperty(cases, (drawn) => verify(backend, drawn));
      const details = await fc.check(property, { numRuns: defaultRuns, ...options });
      if (!details.failed) return;
      const [report, cause] = [await fc.asyncDefaultReportMessage(details), details.errorInstance];
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`law "${name}" fails on ${backend.name}: ${reason}\n${report ?? ""}`, { cause });
    },
  };
}
