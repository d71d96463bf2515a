import { BackendError } from "../errors.js";
import { canary } from "./canary.js";
import type { Driver, GpuMode } from "./driver.js";
import { type GpuBackend, gpuBackend } from "./gpu-backend.js";

/**
 * The backend of the first mode whose device can be opened and computes right.
 * @throws BackendError (rejects) that says of each mode why it cannot be used
 */
export async function usableBackend(modes: readonly GpuMode[], open: (mode: GpuMode) => Promise<Driver>): Promise<GpuBackend> {
  const failures: { readonly mode: GpuMode; readonly reason: string; readonly cause: unknown }[] = [];
  for (const mode of modes) {
    try {
      return await tried(await open(mode));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      failures.push({ mode, reason: reason.replace(/^gpu: /, ""), cause });
    }
  }
  const [first] = failures;
  const what =
    first && failures.length === 1
      ? `the mode ${first.mode} cannot be used: ${first.reason}`
      : `no GPU can be used here. ${failures.map(({ mode, reason }) => `${mode}: ${reason}`).join(". ")}`;
  throw new BackendError(`gpu: ${what}. wasm() and cpu() need no GPU`, {
    cause: failures.length === 1 ? first?.cause : failures.map(({ cause }) => cause),
  });
}

/** @throws BackendError (rejects) if the device computes wrong numbers; it is ended then */
async function tried(driver: Driver): Promise<GpuBackend> {
  try {
    const fault = await canary(gpuBackend(driver), driver);
    if (fault !== undefined) throw new BackendError(fault);
    return gpuBackend(driver);
  } catch (cause) {
    await driver.destroy();
    throw cause;
  }
}
