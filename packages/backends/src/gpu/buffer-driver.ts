import { boundedCache } from "../buffers/bounded-cache.js";
import { BackendError } from "../errors.js";
import type { DeviceKernel, Driver, Handle, KernelFunction } from "./driver.js";
import type { GpuInstance, GpuJs, GpuKernel, GpuResult } from "./gpu-js.js";
import { kernelSettings } from "./kernel-settings.js";
import { type ErrorScopes, LARGE, noRoom, withRoom } from "./no-room.js";
import { sparePool } from "./spare-pool.js";

/** Numbers on the device, with the count of references that gpu.js keeps on them. */
interface RawBuffer {
  _refs?: number;
  destroy(): void;
}

interface BufferResult extends GpuResult {
  readonly buffer: RawBuffer;
}

/** What gpu.js keeps of a kernel that writes a buffer. */
interface BufferKernel {
  outputBuffer: RawBuffer | null;
  /** Whether the buffers are others than in the last run. */
  bindGroupDirty: boolean;
  readonly context?: { readonly isLost: boolean; readonly device: ErrorScopes };
}

interface Compiled extends DeviceKernel {
  readonly run: GpuKernel & { readonly kernel: BufferKernel };
  readonly length: number;
  /** Results that are not freed, and reads under way: results are read through their kernel, which must outlive both. */
  live: number;
  isDoomed: boolean;
}

/** Numbers that are on the device once their turn has come. */
interface Promised extends Handle {
  result?: BufferResult;
  failure?: unknown;
  readonly from: Compiled;
}

/** Numbers in buffers that wait to be used again. */
const MOST_SPARE = 2 ** 26;

/** Lengths for which uploads keep a kernel, with a buffer of that length to copy through. */
const MOST_UPLOADS = 64;

/**
 * WebGPU: a launch is a compute pass, numbers lie in storage buffers. In gpu.js every call is a promise there, so launches stand in a queue and run one after
 * another, each when those before it were handed to the device; a failed one fails all that reads its result. Each buffer belongs to one handle, or waits in
 * a pool to be written again: a kernel is given the buffer to write before it runs, and is left without one.
 * @param most bytes that the device allows a buffer
 */
export function bufferDriver({ GPU, input }: GpuJs, most: number, device: string): Driver {
  const gpu: GpuInstance = new GPU({ mode: "webgpu" });
  const all = new Set<RawBuffer>();
  let numbers = 0;
  let isEnded = false;
  const pool = sparePool<RawBuffer>(MOST_SPARE, (buffer, length) => {
    numbers -= length;
    all.delete(buffer);
    buffer.destroy();
  });
  let queue: Promise<void> = Promise.resolve();
  const then = (task: () => void | Promise<void>): Promise<void> => {
    queue = queue.then(task);
    return queue;
  };
  const compile = (source: string, functions: readonly KernelFunction[], length: number): Compiled => ({
    // Results of kernels that are not immutable are written again, which is how the pool's buffers come in; none is written while a handle has it.
    run: gpu.createKernel(source, { ...kernelSettings(functions, length), immutable: false }) as Compiled["run"],
    live: 0,
    isDoomed: false,
    length,
  });
  const settle = (from: Compiled): void => {
    if (from.isDoomed && from.live === 0) from.run.destroy();
  };
  const freeKernel = (kernel: Compiled): void => {
    void then(() => {
      kernel.isDoomed = true;
      settle(kernel);
    });
  };
  const uploads = boundedCache<Compiled>(MOST_UPLOADS, freeKernel);
  const known: { device?: ErrorScopes | undefined } = {};
  const run = async (from: Compiled, operands: readonly object[]): Promise<BufferResult> => {
    const { kernel } = from.run;
    const bytes = 4 * from.length;
    const spare = pool.take(from.length, 1);
    if (spare) {
      kernel.outputBuffer = spare;
      kernel.bindGroupDirty = true;
    }
    try {
      const launch = async (): Promise<BufferResult> => (await from.run(...operands)) as BufferResult;
      // Launches run one by one, so what this one asks for is all that is asked for meanwhile.
      const { result, hadRoom } = await withRoom(spare || bytes < LARGE ? undefined : known.device, launch);
      known.device ??= from.run.kernel.context?.device;
      if (!hadRoom) {
        result.buffer.destroy();
        // The buffer that uploads copy through may be the one that is none, and is the kernel's: it is made anew in the next run.
        if (operands.some((operand) => !("buffer" in operand))) from.run.destroy();
        throw noRoom(bytes, 4 * numbers);
      }
      result.buffer._refs = 1;
      if (!all.has(result.buffer)) {
        all.add(result.buffer);
        numbers += from.length;
      }
      return result;
    } catch (failure) {
      if (spare) pool.give(spare, from.length, 1);
      throw failure;
    } finally {
      from.run.kernel.outputBuffer = null;
    }
  };
  const enqueue = (from: Compiled, operands: () => readonly object[]): Promised => {
    if (isEnded) throw ended();
    const handle: Promised = { from };
    from.live++;
    void then(async () => {
      try {
        handle.result = await run(from, operands());
      } catch (failure) {
        handle.failure = failure;
      }
    });
    return handle;
  };
  const failed = (cause: unknown, { from }: Promised): BackendError => {
    if (cause instanceof BackendError) return cause;
    if (isEnded) return ended();
    const reason = cause instanceof Error ? cause.message : String(cause);
    // A read that is under way when the device goes is told of its buffer, before gpu.js hears of the device.
    const isLost = from.run.kernel.context?.isLost === true || /device (was|is) lost|unmapped before mapping was resolved/i.test(reason);
    return isLost ? lost(cause) : new BackendError(`gpu: a kernel failed on webgpu: ${reason}`, { cause });
  };

  return {
    mode: "webgpu",
    device,
    maxLength: Math.floor(most / 4),
    upload(values) {
      const { length } = values;
      let kernel = uploads.get(String(length));
      if (!kernel) {
        kernel = compile("function (x) { return x[this.thread.x]; }", [], length);
        uploads.set(String(length), kernel);
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
      if (isEnded) throw ended();
      const promised = handle as Promised;
      const { from } = promised;
      const values: { read?: Promise<Float32Array> } = {};
      const arrived = (): void => {
        from.live--;
        settle(from);
      };
      // The copy stands in the queue like a launch; waiting for it does not hold up what comes after.
      await then(() => {
        if (!promised.result) return;
        from.live++;
        values.read = Promise.resolve(promised.result.toArray());
        values.read.then(arrived, arrived);
      });
      if (!values.read) throw failed(promised.failure, promised);
      return values.read.catch((cause: unknown) => {
        throw failed(cause, promised);
      });
    },
    free(handle) {
      const { from } = handle as Promised;
      void then(() => {
        const { result } = handle as Promised;
        if (result && !isEnded) pool.give(result.buffer, from.length, 1);
        from.live--;
        settle(from);
      });
    },
    freeKernel: (kernel) => freeKernel(kernel as Compiled),
    bytes: () => 4 * numbers,
    async destroy() {
      isEnded = true;
      await queue;
      // The device is one for the whole page, in gpu.js; what this backend had on it goes.
      for (const buffer of all) buffer.destroy();
      all.clear();
      numbers = 0;
      await gpu.destroy();
    },
  };
}

function ended(): BackendError {
  return new BackendError("gpu: this backend of webgpu was destroyed; make a new backend with gpu(), and go on from the last checkpoint");
}

function lost(cause: unknown): BackendError {
  return new BackendError(
    "gpu: the device of webgpu was lost, and what lay on it with it; make a new backend with gpu(), and go on from the last checkpoint",
    { cause },
  );
}
