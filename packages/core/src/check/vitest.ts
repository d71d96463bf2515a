import { expect } from "vitest";
import type { Tree } from "../tree.js";
import { checkDerivatives } from "./check-derivatives.js";
import { adjointTest } from "./adjoint-test.js";
import type { CheckDerivativesOptions, CheckOptions } from "./check-options.js";

/** Matchers for vitest: a failure's message is the report. `import "@paramat/core/check/vitest"` once in a test file. */
export interface DerivativeMatchers<R = unknown> {
  /** All of `checkDerivatives`. */
  toHaveCorrectGradient(x: Tree, options?: CheckDerivativesOptions): R;
  /** `adjointTest`. */
  toHaveExactAdjoint(x: Tree, options?: CheckOptions): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: the type parameter must be declared as vitest declares it
  interface Matchers<T = any> extends DerivativeMatchers<T> {}
}

type Checked = (x: Tree) => Tree;

expect.extend({
  toHaveCorrectGradient(f: Checked, x: Tree, options?: CheckDerivativesOptions) {
    const report = checkDerivatives(f, x, options);
    return { pass: report.ok, message: () => String(report) };
  },
  toHaveExactAdjoint(f: Checked, x: Tree, options?: CheckOptions) {
    const result = adjointTest(f, x, options);
    return { pass: result.verdict === "ok", message: () => String(result) };
  },
});
