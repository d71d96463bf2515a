import { callExport } from "./call-export.js";
import type { CompiledKernel, CompiledPhase } from "./compile-kernel.js";
import type { Pool } from "./threads/pool.js";

/**
 * Runs a kernel's phases, one after another. Parts are the same whoever does them, so results do not depend on which workers were there in time.
 * @param args the addresses of operands, result, tables and scratch memory, then room for three more
 * @param numAddresses how many addresses these are
 */
export function runPhases(kernel: CompiledKernel, args: Int32Array, numAddresses: number, threads: number, pool: Pool | undefined): void {
  for (const phase of kernel.phases) {
    if (phase.shared !== undefined && pool !== undefined) fork(kernel, phase, args, numAddresses, threads, pool);
    else if (!phase.perThread) runPart(kernel, phase, args, numAddresses, 0, 1);
    else for (let part = 0; part < threads; part++) runPart(kernel, phase, args, numAddresses, part, threads);
  }
}

/** A phase cut over all threads. */
function fork(kernel: CompiledKernel, phase: CompiledPhase, args: Int32Array, numAddresses: number, threads: number, pool: Pool): void {
  const { module, entry } = phase.shared!;
  // One bit for each thread whose part somebody else has.
  let posted = 0;
  for (let thread = 1; thread < threads; thread++) {
    setPart(kernel, phase, args, numAddresses, thread, threads);
    const isEmpty = args[numAddresses + 1] === args[numAddresses + 2];
    if ((phase.perThread || !isEmpty) && pool.post(thread, module, entry, args, numAddresses + 3)) posted |= 1 << thread;
  }
  try {
    for (let thread = 0; thread < threads; thread++) {
      if ((posted & (1 << thread)) !== 0) {
        if (!pool.takeBack(thread)) continue;
        posted &= ~(1 << thread);
      }
      runPart(kernel, phase, args, numAddresses, thread, threads);
    }
  } catch (error) {
    // Nobody may still be at work when the caller goes on.
    for (let thread = 1; thread < threads; thread++) {
      if ((posted & (1 << thread)) !== 0 && !pool.takeBack(thread)) pool.join(thread, module);
    }
    throw error;
  }
  for (let thread = 1; thread < threads; thread++) {
    if ((posted & (1 << thread)) !== 0 && !pool.join(thread, module)) runPart(kernel, phase, args, numAddresses, thread, threads);
  }
}

/** A part, or all where `parts` is 1, in this thread. */
function runPart(kernel: CompiledKernel, phase: CompiledPhase, args: Int32Array, numAddresses: number, part: number, parts: number): void {
  setPart(kernel, phase, args, numAddresses, part, parts);
  callExport(phase.call, args, numAddresses + 3);
}

/** The last three arguments: the part's own scratch memory, and its units. */
function setPart(kernel: CompiledKernel, phase: CompiledPhase, args: Int32Array, numAddresses: number, part: number, parts: number): void {
  args[numAddresses] = args[numAddresses - 1]! + kernel.sharedBytes + part * kernel.ownBytes;
  args[numAddresses + 1] = Math.floor((part * phase.units) / parts);
  args[numAddresses + 2] = Math.floor(((part + 1) * phase.units) / parts);
}
