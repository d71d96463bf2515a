import type { Json } from "../json.js";
import type { Optimizer } from "./optimizer.js";

/** The settings of a wrapper: its own, and under `of` those of the optimizer inside. */
export function wrappedSettings(
  inner: Pick<Optimizer, "settings">,
  own: { readonly [key: string]: Json },
): { readonly [key: string]: Json } {
  return { ...own, of: inner.settings ?? {} };
}
