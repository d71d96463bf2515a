import { i32, type Local, memory, wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { entry } from "./entry.js";

/** A result of `length` zeros: a sum without terms. */
export function zerosKernel({ numbers }: Target, length: number): Kernel {
  const module = wasmModule();
  entry(module, "zeros", ({ out, from, to }) => {
    const at = (index: Local) => i32.mul(index, numbers.bytes);
    return memory.fill(i32.add(out, at(from)), 0, i32.sub(at(to), at(from)));
  });
  return { module, phases: [{ entry: "zeros", units: length, cost: 1 }], sharedBytes: 0, ownBytes: 0 };
}
