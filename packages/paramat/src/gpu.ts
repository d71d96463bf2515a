export { type GpuActivity, type GpuBackend, type GpuMode, type GpuOptions, gpu, gpuModes } from "@paramat/backends/gpu";
