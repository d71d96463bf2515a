import { BackendError } from "../errors.js";
import { bufferDriver } from "./buffer-driver.js";
import type { Driver, GpuMode } from "./driver.js";
import type { GpuJs } from "./gpu-js.js";
import { textureDriver } from "./texture-driver.js";

/** The device behind a mode. @throws BackendError saying what is missing */
export async function openDriver(gpuJs: GpuJs, mode: GpuMode): Promise<Driver> {
  const { GPU } = gpuJs;
  switch (mode) {
    case "webgl2":
      if (!GPU.isWebGL2Supported)
        throw new BackendError("there is no WebGL 2 here: browsers have it, where it is not turned off or the graphics card not blocked");
      return textureDriver(mode, gpuJs);
    case "headlessgl":
      if (!GPU.isHeadlessGLSupported) {
        throw new BackendError(
          "the package gl (headless-gl) cannot be loaded: it is for Node, has to be built there (npm rebuild gl), and needs a display (xvfb-run)",
        );
      }
      return textureDriver(mode, gpuJs);
    case "webgpu": {
      const limits = await webgpuLimits();
      return bufferDriver(gpuJs, limits.most, limits.device);
    }
  }
}

interface WebGpu {
  requestAdapter(): Promise<{
    readonly limits: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number };
    readonly info?: { readonly vendor?: string; readonly architecture?: string; readonly description?: string };
  } | null>;
}

async function webgpuLimits(): Promise<{ readonly most: number; readonly device: string }> {
  const gpu = (globalThis.navigator as unknown as { readonly gpu?: WebGpu } | undefined)?.gpu;
  if (!gpu)
    throw new BackendError(
      "there is no WebGPU here: browsers have it since 2023 or later, on pages from https: and localhost, and may have it turned off",
    );
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new BackendError("WebGPU finds no adapter: this machine has no GPU that the browser takes");
  const { limits, info = {} } = adapter;
  const device = [info.vendor, info.architecture, info.description].filter((part) => part !== undefined && part !== "").join(" ");
  return { most: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize), device };
}
