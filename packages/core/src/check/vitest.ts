import { expect } from "vitest";
import type { Tree } from "../tree.js";
import { adjointTest } from "./adjoint-test.js";
import { checkDerivatives } from "./check-derivatives.js";
import type { CheckDerivativesOptions, CheckOptions } from "./check-options.js";
import { linearityTest } from "./linearity-test.js";

/** Matchers of functions for vitest; a failure's message is the report. Import `@paramat/core/check/vitest` in the test file, or once in a setup file. */
export interface DerivativeMatchers<R = unknown> {
  /** `checkDerivatives` finds nothing at x. */
  toHaveCorrectGradient(x: Tree, options?: CheckDerivativesOptions): R;
  /** `adjointTest`: ⟨ct, J dx⟩ = ⟨Jᵀct, dx⟩ to rounding. */
  toHaveExactAdjoint(x: Tree, options?: CheckOptions): R;
  /** `linearityTest`: f(ax + by) = a f(x) + b f(y) for trees of the form of x. */
  toBeLinear(x: Tree, options?: CheckOptions): R;
}

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: a merged interface must repeat the type parameter as vitest declares it
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
  toBeLinear(f: Checked, x: Tree, options?: CheckOptions) {
    const result = linearityTest(f, x, options);
    return { pass: result.verdict === "ok", message: () => String(result) };
  },
});
