import { type Backend, cpu, wasm } from "paramat";
import type { BackendId } from "./backend-names.js";

/** A backend, which may count what it does: launches and transfers of a GPU. */
export interface CountingBackend extends Backend {
  activity?(): { toString(): string };
}

/**
 * The backend, in single precision. What the GPU needs is loaded when it is asked for.
 * @throws BackendError (rejects) saying why it cannot be used here, and what can
 */
export async function openBackend(id: BackendId, threads: number): Promise<CountingBackend> {
  if (id === "cpu") return cpu("float32");
  if (id === "wasm") return wasm({ precision: "float32", threads });
  const { gpu } = await import("paramat/gpu");
  return gpu({ mode: id });
}

/** Whether an error says that the graphics card has gone, so that a new backend may go on. */
export function isLostGpu(error: unknown): boolean {
  return error instanceof Error && error.name === "BackendError" && /\bwas lost\b/.test(error.message);
}
