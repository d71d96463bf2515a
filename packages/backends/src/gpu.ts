import type { GpuMode } from "./gpu/driver.js";
import type { GpuBackend } from "./gpu/gpu-backend.js";
import { loadGpuJs } from "./gpu/gpu-js.js";
import { openDriver } from "./gpu/open-driver.js";
import { usableBackend } from "./gpu/usable-backend.js";

export type { GpuMode } from "./gpu/driver.js";
export type { GpuActivity } from "./gpu/gpu-activity.js";
export type { GpuBackend } from "./gpu/gpu-backend.js";

export interface GpuOptions {
  /** Which way of gpu.js to the GPU: `webgl2` and `webgpu` in browsers, `headlessgl` in Node. The first that works, in the order webgpu, webgl2, headlessgl, if left out. */
  readonly mode?: GpuMode;
}

/** In this order they are tried. */
export const gpuModes: readonly GpuMode[] = ["webgpu", "webgl2", "headlessgl"];

/**
 * Kernels on a graphics card, through gpu.js, in float32; generated for each shape and kept. Numbers stay on the device until they are read.
 * @throws BackendError (rejects) if gpu.js is not installed, if no GPU can be used in that mode (or in any), or if the device gives wrong numbers: a small
 * program is run on it first. It never goes on without a GPU.
 * @remarks Each call opens a device of its own; its arrays do not go together with those of another. `executedOn` names it. Outside of a `scope`,
 * buffers are freed some time after they are garbage; the engine does not see how much memory lies behind them, so long computations belong in scopes.
 */
export async function gpu(options: GpuOptions = {}): Promise<GpuBackend> {
  const { mode } = options;
  if (mode !== undefined && !gpuModes.includes(mode)) {
    throw new RangeError(`gpu: mode is ${JSON.stringify(mode)}; it must be one of ${gpuModes.map((known) => `"${known}"`).join(", ")}`);
  }
  const gpuJs = await loadGpuJs();
  return usableBackend(mode === undefined ? gpuModes : [mode], (tried) => openDriver(gpuJs, tried));
}
