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
    compile(source: string, functions: readonly KernelFunction[], length: number) {
      requireIntegers(source);
      return gpu.createKernel(source, { ...kernelSettings(functions, length), pipeline: false, immutable: false });
    },
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

/** What devices refuse and JavaScript does not: gpu.js takes sums of literals for floats, and an argument that is to be an integer must be one. */
function requireIntegers(source: string): void {
  const call = /\bquotient\([\d\s]+[-+*][-+*\d\s]*,[^)]*\)/.exec(source);
  if (call) throw new Error(`${call[0]}: its first argument is a sum of literals, a float for devices; declare it with integer()`);
}
