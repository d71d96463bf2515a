import type { KernelFunction } from "./call-export.js";
import type { Kernel } from "./kernel.js";
import type { Heap } from "./memory/heap.js";
import type { Resident } from "./memory/resident.js";
import type { Pool, SharedModule } from "./threads/pool.js";

/** A kernel that can be called in this thread, and posted to others. */
export interface CompiledKernel {
  readonly phases: readonly CompiledPhase[];
  /** Address of its tables. */
  readonly tables: number;
  readonly sharedBytes: number;
  readonly ownBytes: number;
  readonly scratchBytes: number;
}

export interface CompiledPhase {
  readonly call: KernelFunction;
  readonly units: number;
  readonly perThread: boolean;
  /** Set where the phase is worth waking other threads for. */
  readonly shared: { readonly module: SharedModule; readonly entry: number } | undefined;
}

/**
 * Compiles at once, in this thread, since a caller waits for the result.
 * @param forkFrom cycles that a phase must take to be shared with other threads
 * @remarks Chromium before version 115 refuses that to a page's own thread beyond 4 KiB; there, run the backend in a worker.
 */
export function compileKernel(
  kernel: Kernel,
  heap: Heap,
  tables: Resident,
  threads: number,
  pool: Pool | undefined,
  forkFrom: number,
): CompiledKernel {
  const binary = kernel.module.encode({ initial: 1, maximum: 65536, shared: pool !== undefined });
  const imports = { env: { memory: heap.memory }, math: Math as unknown as WebAssembly.ModuleImports };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  const names = Object.keys(exports);
  // The tables and the workers' copies are kept as long as this object lives, whether or not the cache still has it.
  const compiled: { -readonly [K in keyof CompiledKernel]: CompiledKernel[K] } = {
    phases: [],
    tables: 0,
    sharedBytes: kernel.sharedBytes,
    ownBytes: kernel.ownBytes,
    scratchBytes: kernel.sharedBytes + threads * kernel.ownBytes,
  };
  if (kernel.tables !== undefined) compiled.tables = tables.address(compiled, kernel.tables);
  const isLong = ({ units, cost }: { units: number; cost: number }) => units > 1 && units * cost >= forkFrom;
  const module = pool !== undefined && kernel.phases.some(isLong) ? pool.share(compiled, binary) : undefined;
  compiled.phases = kernel.phases.map((phase) => ({
    call: exports[phase.entry] as KernelFunction,
    units: phase.units,
    perThread: phase.perThread === true,
    shared: module !== undefined && isLong(phase) ? { module, entry: names.indexOf(phase.entry) } : undefined,
  }));
  return compiled;
}
