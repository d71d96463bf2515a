import type { Driver } from "../../src/gpu/driver.js";
import { reckonedDriver } from "./reckoned-driver.js";

/** A driver without a GPU that keeps the sources of the kernels it was given. */
export function recordingDriver(): { readonly driver: Driver; readonly sources: readonly string[] } {
  const sources: string[] = [];
  const driver = reckonedDriver();
  const compile: Driver["compile"] = (source, ...rest) => {
    sources.push(source);
    return driver.compile(source, ...rest);
  };
  return { driver: { ...driver, compile }, sources };
}
