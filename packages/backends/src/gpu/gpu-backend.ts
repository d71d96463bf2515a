import type { Backend, Buffer, IndexBuffer, Region } from "../backend.js";
import type { OpenScope } from "../buffers/buffer-store.js";
import type { OwnedBuffer } from "../buffers/owned-buffer.js";
import type { Driver } from "./driver.js";
import { createEngine } from "./engine.js";
import { type GpuActivity, gpuActivity } from "./gpu-activity.js";
import { lowerings } from "./lowerings.js";

/** A backend whose kernels run on a graphics card, through gpu.js. */
export interface GpuBackend extends Backend {
  /** For people, what its kernels run on: `gpu webgl2 on ANGLE (…)`. */
  readonly executedOn: string;
  unscoped<T>(body: () => T): T;
  /** A scope that ends with the block in which it is declared: `using scope = backend.openScope()`. Of what was made in it stays what `scope.keep(…)` was told of. */
  openScope(): OpenScope;
  region(): Region;
  /** Launches, transfers and memory since the backend was made. */
  activity(): GpuActivity;
  /** Ends the device; arrays on it are gone. */
  destroy(): Promise<void>;
}

/** The backend that runs on a device. */
export function gpuBackend(driver: Driver): GpuBackend {
  const engine = createEngine(driver);
  const { buffers, device, upload, uploadIndex, read, readSync } = engine;
  const { argmaxWindows, fused, ...kernels } = lowerings(device);
  const positions = (index: Buffer): IndexBuffer => index as unknown as IndexBuffer;
  return {
    name: `gpu-${driver.mode}`,
    // The device says its name once it has run something.
    get executedOn() {
      return `gpu ${driver.mode}${driver.device === "" ? "" : ` on ${driver.device}`}`;
    },
    precision: "float32",
    epsilon: 2 ** -23,
    upload,
    uploadIndex,
    read,
    ...(readSync && { readSync }),
    ...kernels,
    argmaxWindows: (geometry, input) => positions(argmaxWindows(geometry, input)),
    fused: { ...fused!, mapArgmaxWindows: (...args) => positions(fused!.mapArgmaxWindows(...args)) },
    scope: (body) => buffers.scope(body),
    openScope: () => buffers.openScope(),
    region: () => buffers.region(),
    unscoped: (body) => buffers.unscoped(body),
    free: (buffer) => buffers.free(buffer as OwnedBuffer),
    retain(buffer) {
      (buffer as OwnedBuffer).isRetained = true;
    },
    activity: () => gpuActivity(engine),
    destroy: () => driver.destroy(),
  };
}
