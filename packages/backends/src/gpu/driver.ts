/** The ways of gpu.js to a GPU that this backend takes. */
export type GpuMode = "webgl2" | "webgpu" | "headlessgl";

/** Numbers on the device; what they are is the driver's business. */
export type Handle = object;

/** A kernel that is ready to run, or will be when its turn comes. */
export type DeviceKernel = object;

/** A function that kernels may call: its source, and whether each argument, and the result, is an integer. */
export interface KernelFunction {
  readonly source: string;
  readonly integers: readonly string[];
  readonly returnsInteger: boolean;
}

/**
 * What the engine needs of a device. Everything is done in the order in which it was asked for, so a handle may be freed as soon as the last launch that
 * reads it has been asked for. Failures of what waits for its turn are told by `read`.
 */
export interface Driver {
  readonly mode: string;
  /** Of the device, for people; empty where the browser does not tell. */
  readonly device: string;
  /** The most numbers that one handle can hold. */
  readonly maxLength: number;
  /** @param values are copied */
  upload(values: Float32Array): Handle;
  /** @param source a function in the language of gpu.js @param length of the result */
  compile(source: string, functions: readonly KernelFunction[], length: number): DeviceKernel;
  launch(kernel: DeviceKernel, operands: readonly Handle[]): Handle;
  /** @throws BackendError (rejects) if the device was lost, or a launch before it failed */
  read(handle: Handle): Promise<Float32Array>;
  /** Absent where the device cannot be waited for. */
  readSync?(handle: Handle): Float32Array;
  free(handle: Handle): void;
  freeKernel(kernel: DeviceKernel): void;
  /** Bytes on the device, in handles and in what is kept to be used again. */
  bytes(): number;
  /** Ends the device; whatever it held is gone. */
  destroy(): Promise<void>;
}
