import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { type GpuActivity, type GpuMode, gpu } from "paramat/gpu";
import { threadsOf } from "./modes.js";

/** A backend that is measured. */
export interface Contender {
  readonly backend: Backend;
  readonly executedOn: string;
  /** Absent where the backend does not count. */
  activity?(): GpuActivity;
  /** Gives back what it has; nothing of it may be used after. */
  close(): Promise<void>;
}

/**
 * The backend of a mode.
 * @throws BackendError (rejects) where it cannot be used
 */
export async function openContender(mode: string): Promise<Contender> {
  if (mode === "cpu") return { backend: cpu("float32"), executedOn: "cpu-float32", close: async () => {} };
  const threads = threadsOf(mode);
  if (threads !== undefined) {
    const backend = wasm({ precision: "float32", threads });
    for (let turn = 0; turn < 300 && backend.threadsRunning() < backend.threads; turn++) await new Promise((done) => setTimeout(done, 10));
    const running = backend.threadsRunning();
    const late = running < backend.threads ? ` (${running} of them running)` : "";
    return { backend, executedOn: backend.executedOn + late, close: async () => {} };
  }
  const backend = await gpu({ mode: mode as GpuMode });
  return { backend, executedOn: backend.executedOn, activity: () => backend.activity(), close: () => backend.destroy() };
}
