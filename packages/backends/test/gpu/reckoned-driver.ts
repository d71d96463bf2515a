import gpujs from "gpu.js";
import type { Driver, KernelFunction } from "../../src/gpu/driver.js";
import type { GpuInstance, GpuJs, GpuKernel } from "../../src/gpu/gpu-js.js";
import { kernelSettings } from "../../src/gpu/kernel-settings.js";

/**
 * A driver without a GPU: gpu.js's mode for processors runs the same kernel sources as JavaScript in float64, results rounded to float32. For tests of what the
 * sources say, which takes no browser; what devices make of them is tested in Chromium.
 */
export function reckonedDriver(): Driver {
  const { GPU } = gpujs as unknown as GpuJs;
  const gpu: GpuInstance = new GPU({ mode: "cpu" });
  let live = 0;
  const held = (values: Float32Array): Float32Array => {
    live += values.byteLength;
    return values;
  };
  return {
    mode: "reckoned",
    device: "",
    maxLength: 2 ** 26,
    upload: (values) => held(values.slice()),
    compile: (source: string, functions: readonly KernelFunction[], length: number) =>
      gpu.createKernel(source, { ...kernelSettings(functions, length), pipeline: false, immutable: false }),
    launch: (kernel, operands) => held(Float32Array.from((kernel as GpuKernel)(...operands) as Float32Array)),
    read: async (handle) => (handle as Float32Array).slice(),
    readSync: (handle) => (handle as Float32Array).slice(),
    free(handle) {
      live -= (handle as Float32Array).byteLength;
    },
    freeKernel: (kernel) => (kernel as GpuKernel).destroy(),
    bytes: () => live,
    destroy: () => gpu.destroy(),
  };
}
