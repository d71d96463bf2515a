import { type Backend, cpu, wasm } from "paramat";
import type { BackendId } from "./backend-names.js";

/** A backend, which may hold a device: one that counts launches and transfers, and that has to be given back. */
export interface DeviceBackend extends Backend {
  activity?(): { toString(): string };
  destroy?(): Promise<void>;
}

/**
 * The backend, in single precision. What the GPU needs is loaded when it is asked for.
 * @throws BackendError (rejects) saying why it cannot be used here, and what can
 */
export async function openBackend(id: BackendId, threads: number): Promise<DeviceBackend> {
  if (id === "cpu") return cpu("float32");
  if (id === "wasm") return wasm({ precision: "float32", threads });
  const { gpu } = await import("paramat/gpu");
  return gpu({ mode: id });
}

/** Whether an error says that the graphics card has gone, so that a new backend may go on. */
export function isLostGpu(error: unknown): boolean {
  return error instanceof Error && error.name === "BackendError" && /\bwas lost\b/.test(error.message);
}
