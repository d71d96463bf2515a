import { integer } from "./launch.js";

/** A kernel as gpu.js takes it: a function of what it reads, in which `i` is the place of the result. */
export function kernelSource(parameters: readonly string[], body: string): string {
  return `function (${parameters.join(", ")}) {\n${integer("i", "this.thread.x")}\n${body}\n}`;
}
