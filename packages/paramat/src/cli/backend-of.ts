import { type Backend, cpu } from "@paramat/backends";
import { wasm, wasmFeatures } from "@paramat/backends/wasm";
import { enableRelaxedSimd } from "../relaxed-simd.js";
import type { BackendName, RunSettings } from "./run-settings.js";

/** What is trained on unless the command line says otherwise. */
export function defaultBackendName(): BackendName {
  const { compiles, simd } = wasmFeatures();
  return compiles && simd ? "wasm" : "cpu-float32";
}

/** @throws BackendError if it does not work here; RangeError for threads of a backend that has one */
export function backendOf({ backend, threads }: Pick<RunSettings, "backend" | "threads">): Backend {
  switch (backend) {
    case "wasm":
      enableRelaxedSimd();
      return wasm({ precision: "float32", threads });
    case "wasm-float64":
      enableRelaxedSimd();
      return wasm({ precision: "float64", threads });
    default:
      if (threads > 1) throw new RangeError(`train: --threads is ${threads} and the backend ${backend} has one; use --backend wasm`);
      return cpu(backend === "cpu-float32" ? "float32" : "float64");
  }
}
