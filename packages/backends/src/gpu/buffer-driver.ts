import { BackendError } from "../errors.js";
import type { DeviceKernel, Driver, Handle, KernelFunction } from "./driver.js";
import type { GpuInstance, GpuJs, GpuKernel, GpuResult } from "./gpu-js.js";
import { kernelSettings } from "./kernel-settings.js";

interface Compiled extends DeviceKernel {
  readonly run: GpuKernel;
  readonly length: number;
  /** Freed once nothing waits to run it. */
  live: number;
  isDoomed: boolean;
}

/** Numbers that are on the device once their turn has come. */
interface Promised extends Handle {
  result?: GpuResult;
  failure?: unknown;
  readonly from: Compiled;
}

/**
 * WebGPU: a launch is a compute pass, numbers lie in storage buffers. In gpu.js every call is a promise there, so launches stand in a queue and run one after
 * another, each when those before it were handed to the device; a failed one fails all that reads its result.
 * @param most bytes that the device allows a buffer
 */
export function bufferDriver({ GPU, input }: GpuJs, most: number, device: string): Driver {
  const gpu: GpuInstance = new GPU({ mode: "webgpu" });
  const uploads = new Map<number, Compiled>();
  let bytes = 0;
  let queue: Promise<void> = Promise.resolve();
  const then = (task: () => void | Promise<void>): Promise<void> => {
    queue = queue.then(task);
    return queue;
  };
  const compile = (source: string, functions: readonly KernelFunction[], length: number): Compiled => ({
    run: gpu.createKernel(source, kernelSettings(functions, length)),
    live: 0,
    isDoomed: false,
    length,
  });
  const enqueue = (from: Compiled, operands: () => readonly object[]): Promised => {
    const handle: Promised = { from };
    from.live++;
    void then(async () => {
      try {
        handle.result = (await from.run(...operands())) as GpuResult;
        bytes += 4 * from.length;
      } catch (failure) {
        handle.failure = failure;
      }
    });
    return handle;
  };
  const settle = (from: Compiled): void => {
    if (from.isDoomed && from.live === 0) from.run.destroy();
  };

  return {
    mode: "webgpu",
    device,
    maxLength: Math.floor(most / 4),
    upload(values) {
      const { length } = values;
      let kernel = uploads.get(length);
      if (!kernel) {
        kernel = compile("function (x) { return x[this.thread.x]; }", [], length);
        uploads.set(length, kernel);
      }
      const copy = values.slice();
      return enqueue(kernel, () => [input(copy, [length])]);
    },
    compile,
    launch: (kernel, operands) =>
      enqueue(kernel as Compiled, () =>
        operands.map((handle) => {
          const { result, failure } = handle as Promised;
          if (!result) throw failure;
          return result;
        }),
      ),
    async read(handle) {
      const promised = handle as Promised;
      const values: { read?: Promise<Float32Array> } = {};
      // The copy stands in the queue like a launch; waiting for it does not hold up what comes after.
      await then(() => {
        if (promised.result) values.read = Promise.resolve(promised.result.toArray());
        values.read?.catch(() => {});
      });
      if (!values.read) throw failed(promised.failure);
      return values.read.catch((cause: unknown) => {
        throw failed(cause);
      });
    },
    free(handle) {
      const promised = handle as Promised;
      void then(() => {
        promised.from.live--;
        if (promised.result) {
          promised.result.delete();
          bytes -= 4 * promised.from.length;
        }
        settle(promised.from);
      });
    },
    freeKernel(kernel) {
      const doomed = kernel as Compiled;
      void then(() => {
        doomed.isDoomed = true;
        settle(doomed);
      });
    },
    bytes: () => bytes,
    async destroy() {
      await queue;
      await gpu.destroy();
    },
  };
}

function failed(cause: unknown): BackendError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (/device was lost|Device lost|is lost/i.test(reason)) {
    return new BackendError(
      "gpu: the device of webgpu was lost, and what lay on it with it; make a new backend with gpu(), and go on from the last checkpoint",
      { cause },
    );
  }
  return new BackendError(`gpu: a kernel failed on webgpu: ${reason}`, { cause });
}
