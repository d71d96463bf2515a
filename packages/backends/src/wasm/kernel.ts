import type { Buffer, IndexBuffer } from "../backend.js";
import type { WasmModule } from "./encoder/index.js";
import type { Numbers } from "./numbers.js";

/** What kernels are generated for. */
export interface Target {
  readonly numbers: Numbers;
  /** Parts that a phase's units are cut into, T ≥ 1; fixed, so that results do not depend on who was free. */
  readonly threads: number;
}

/**
 * A compiled call at fixed sizes, run at any addresses. Every phase is an exported function of i32 parameters
 * (…operands, out, tables, scratch, own, from, to): addresses of the launch's operands and of its result, then of `tables`, of the scratch memory that
 * all threads share, and of the part of it that belongs to this thread alone; the phase does units from … to − 1. Phases run one after another, the
 * threads meet between them. The scratch memory is `sharedBytes`, then T times `ownBytes`, so thread t's own part is at scratch + sharedBytes +
 * t·ownBytes; its contents are undefined at the start, and all addresses are multiples of 64. Up to 64 bytes after the end of any operand may be read (not written).
 */
export interface Kernel {
  readonly module: WasmModule;
  readonly phases: readonly Phase[];
  /** Constants in memory: bytes as they lie there. */
  readonly tables?: Uint8Array;
  readonly sharedBytes: number;
  readonly ownBytes: number;
}

/** Work that can be cut anywhere between its units: thread t does units ⌊t·units/T⌋ … ⌊(t+1)·units/T⌋ − 1. */
export interface Phase {
  /** Name of the exported function. */
  readonly entry: string;
  readonly units: number;
  /** Roughly how many machine cycles a unit takes; short phases are not worth waking another thread for. */
  readonly cost: number;
  /** The phase leaves something in its own scratch, so it is called once for every thread's part, also an empty one and also where one thread does them all. */
  readonly perThread?: boolean;
}

/** An address: entry `offset` of a buffer, or integers that are put into memory once and kept as long as the array object lives. */
export type LaunchOperand = { readonly buffer: Buffer | IndexBuffer; readonly offset: number } | { readonly integers: Int32Array };

/** A backend's kernel call, made concrete: which compiled kernel, at which operands, and how long its result is. */
export interface Launch {
  /** Same key, same kernel: it must say everything that `make` depends on besides the target. */
  readonly key: string;
  readonly make: () => Kernel;
  readonly operands: readonly LaunchOperand[];
  /** Entries of the result. Where this is 0 nothing is run. */
  readonly length: number;
  /** The result is positions (i32), not numbers. */
  readonly isIndex?: boolean;
}
