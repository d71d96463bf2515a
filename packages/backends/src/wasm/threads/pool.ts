import type { Heap } from "../memory/heap.js";
import { maxArgs, slot, slotState, spins } from "./slot.js";
import { startWorker } from "./start-worker.js";

/** A module that workers compile for themselves, each when it first needs it. */
export interface SharedModule {
  readonly id: number;
  readonly binary: Uint8Array;
  /** By thread: 1 if it has compiled the module. */
  readonly compiled: Uint8Array;
  /** Where the binary lies for those who have not, or −1. */
  block: number;
}

/**
 * The threads 1 … T − 1; thread 0 is the one that calls. A part that was posted is either done by its worker or, if that has not begun when the caller is
 * done with its own, taken back: so a worker that is late, or never started, costs time and nothing else.
 */
export interface Pool {
  /** Workers that listen. */
  listening(): number;
  /** @param owner when this object is collected, workers may forget the module */
  share(owner: object, binary: Uint8Array): SharedModule;
  /** Posts the call of an exported function. False if the worker cannot take it. */
  post(thread: number, module: SharedModule, entry: number, args: Int32Array, numArgs: number): boolean;
  /** Takes a posted call back. False if the worker has begun. */
  takeBack(thread: number): boolean;
  /** Waits for the end of a call that was not taken back. False if it failed. */
  join(thread: number, module: SharedModule): boolean;
}

/** Starts `threads` − 1 workers on a shared memory. */
export function createPool(heap: Heap, threads: number): Pool {
  const control = new Int32Array(new SharedArrayBuffer(4 * slot.length * threads));
  const mayWait = waitingIsAllowed(control);
  const unusedIds: number[] = [];
  let numIds = 0;
  const forgotten = new FinalizationRegistry<SharedModule>((module) => {
    if (module.block >= 0) heap.free(module.block);
    unusedIds.push(module.id);
  });
  for (let thread = 1; thread < threads; thread++) startWorker({ memory: heap.memory, control, at: thread * slot.length });

  return {
    listening() {
      let count = 0;
      for (let thread = 1; thread < threads; thread++) count += Atomics.load(control, thread * slot.length + slot.listening);
      return count;
    },
    share(owner, binary) {
      const module: SharedModule = { id: unusedIds.pop() ?? numIds++, binary, compiled: new Uint8Array(threads), block: -1 };
      forgotten.register(owner, module);
      return module;
    },
    post(thread, module, entry, args, numArgs) {
      const at = thread * slot.length;
      if (Atomics.load(control, at + slot.listening) === 0 || numArgs > maxArgs) return false;
      const isNew = module.compiled[thread] === 0;
      if (isNew && !lay(heap, module)) return false;
      control[at + slot.module] = module.id;
      control[at + slot.entry] = entry;
      control[at + slot.binary] = isNew ? heap.address(module.block) : 0;
      control[at + slot.binaryLength] = isNew ? module.binary.length : 0;
      control[at + slot.numArgs] = numArgs;
      for (let i = 0; i < numArgs; i++) control[at + slot.args + i] = args[i]!;
      Atomics.store(control, at, slotState.posted);
      Atomics.notify(control, at);
      return true;
    },
    takeBack: (thread) => Atomics.compareExchange(control, thread * slot.length, slotState.posted, slotState.idle) === slotState.posted,
    join(thread, module) {
      const at = thread * slot.length;
      let state = Atomics.load(control, at);
      for (let i = 0; state === slotState.claimed; i++) {
        if (i >= spins && mayWait) Atomics.wait(control, at, slotState.claimed);
        state = Atomics.load(control, at);
      }
      Atomics.store(control, at, slotState.idle);
      if (state === slotState.failed) return false;
      if (module.compiled[thread] === 0) {
        module.compiled[thread] = 1;
        lift(heap, module, threads);
      }
      return true;
    },
  };
}

/** Puts the binary into memory, if there is room. */
function lay(heap: Heap, module: SharedModule): boolean {
  if (module.block >= 0) return true;
  try {
    module.block = heap.allocate(module.binary.length);
  } catch {
    return false;
  }
  heap.views().bytes.set(module.binary, heap.address(module.block));
  return true;
}

/** Frees the binary's place when every worker has compiled it. */
function lift(heap: Heap, module: SharedModule, threads: number): void {
  for (let thread = 1; thread < threads; thread++) if (module.compiled[thread] === 0) return;
  heap.free(module.block);
  module.block = -1;
}

/** A page's own thread may not sleep; it spins. */
function waitingIsAllowed(control: Int32Array): boolean {
  try {
    Atomics.wait(control, 0, -1, 0);
    return true;
  } catch {
    return false;
  }
}
