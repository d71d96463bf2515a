import type { KernelFunction } from "./driver.js";
import type { KernelSettings } from "./gpu-js.js";

/**
 * Settings under which gpu.js does as it is told: results stay on the device and are never overwritten, loops run to their end (by default those whose
 * bound is not a literal are cut at 1000 turns), numbers are float32 (by default short results are computed in what a shader calls low precision, which is
 * less on telephones).
 */
export function kernelSettings(functions: readonly KernelFunction[], length: number): KernelSettings {
  return {
    output: [length],
    pipeline: true,
    immutable: true,
    precision: "single",
    tactic: "precision",
    loopMaxIterations: 2 ** 31 - 1,
    functions: functions.map(({ source, integers, returnsInteger }) => ({
      source,
      settings: {
        argumentTypes: Object.fromEntries(argumentsOf(source).map((name) => [name, integers.includes(name) ? "Integer" : "Number"])),
        returnType: returnsInteger ? "Integer" : "Number",
      },
    })),
  };
}

function argumentsOf(source: string): readonly string[] {
  const list = /\(([^)]*)\)/.exec(source)?.[1] ?? "";
  return list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
