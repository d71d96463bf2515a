import { type Backend, cpu } from "@paramat/backends";
import { wasm, wasmFeatures } from "@paramat/backends/wasm";
import { enableRelaxedSimd } from "../relaxed-simd.js";
import type { BackendName, RunSettings } from "./run-settings.js";

/** What is trained on unless the command line says otherwise. */
export function defaultBackendName(): BackendName {
  const { compiles, simd } = wasmFeatures();
  return compiles && simd ? "wasm" : "cpu-float32";
}

/** What a run is on. */
export interface RunBackend extends Backend {
  /** What a GPU did up to now. */
  activity?(): { toString(): string };
}

/** @throws BackendError (rejects) if it does not work here; RangeError for threads of a backend that has one */
export async function backendOf({ backend, threads }: Pick<RunSettings, "backend" | "threads">): Promise<RunBackend> {
  if (threads > 1 && !backend.startsWith("wasm"))
    throw new RangeError(`train: --threads is ${threads} and the backend ${backend} has one; use --backend wasm`);
  switch (backend) {
    case "wasm":
      enableRelaxedSimd();
      return wasm({ precision: "float32", threads });
    case "wasm-float64":
      enableRelaxedSimd();
      return wasm({ precision: "float64", threads });
    case "gpu-headlessgl": {
      // Its kernels take time to load, which nobody else should wait for.
      const { gpu } = await import("@paramat/backends/gpu");
      return gpu({ mode: "headlessgl" });
    }
    default:
      return cpu(backend === "cpu-float32" ? "float32" : "float64");
  }
}
