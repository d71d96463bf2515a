/**
 * Paramat itself, as its users write it: tsx peers/paramat.ts cpu|wasm THREADS [fma]. With `fma`, relaxed SIMD is switched on in a Node that has it behind
 * a flag only.
 */
import { setFlagsFromString } from "node:v8";
import { cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { fingerprint } from "../works/numbers.mjs";
import { paramatTask, type WorkSpec } from "../works/paramat-task.js";
import { serve } from "./serve.mjs";

const [mode = "wasm", threads = "1", fma] = process.argv.slice(2);
if (fma === "fma") setFlagsFromString("--experimental-wasm-relaxed-simd");
const backend = mode === "cpu" ? cpu("float32") : wasm({ precision: "float32", threads: Number(threads) });

await serve({
  version: "0.1.0",
  make: (spec: WorkSpec) => paramatTask(backend, spec),
  fingerprint,
});
