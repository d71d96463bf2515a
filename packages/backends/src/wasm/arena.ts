import type { Buffer, IndexBuffer } from "../backend.js";
import type { Arena, ArenaPlan, Slot } from "../program/arena.js";
import { type Kernels, runCall } from "../program/run-call.js";
import type { Engine, Place } from "./engine.js";
import type { Launch } from "./kernel.js";
import type { WasmBuffer } from "./memory/wasm-buffer.js";

/**
 * A program's working memory on the engine, one block, and its calls, each lowered and compiled once. Addresses come from one table when a call runs: the
 * block's own at 0, then 0 for what never moves, then those of inputs and outputs, which `begin` writes.
 */
export function createArena({ buffers, heap, prepare, target }: Engine, lower: Kernels<Launch>, plan: ArenaPlan): Arena {
  const { bytes: size } = target.numbers;
  const { inputs, outputs, outputSets } = plan;
  const firstOutput = FIRST_INPUT + inputs.length;
  const addresses = new Int32Array(firstOutput + outputs.length);
  const freshOutputs = (): readonly WasmBuffer[] => outputs.map((length) => buffers.make(length, length * size, false));
  const { memory, sets } = buffers.unscoped(() => ({
    memory: buffers.make(plan.bytes, plan.bytes, false),
    sets: Array.from({ length: outputSets }, freshOutputs),
  }));
  addresses[WORKING_MEMORY] = memory.address;
  let results: readonly WasmBuffer[] = [];

  const placeOf = (slot: Slot): Place => {
    switch (slot.place) {
      case "arena":
        return { slot: WORKING_MEMORY, bytes: slot.offset };
      case "input":
        return { slot: FIRST_INPUT + slot.position, bytes: 0 };
      case "output":
        return { slot: firstOutput + slot.position, bytes: 0 };
      case "constant":
        return { slot: FIXED, bytes: (slot.buffer as WasmBuffer).address };
    }
  };
  const entry = (slot: Slot): number => {
    const place = placeOf(slot);
    return ((addresses[place.slot]! + place.bytes) >>> 0) / size;
  };
  const views = (): Float32Array | Float64Array => (size === 4 ? heap.views().f32 : heap.views().f64);

  return {
    prepare(call, slotOf, out) {
      // Something without numbers stands for each node; constants stand for themselves, and are kept with the call.
      const standIns = new Map<number, Buffer | IndexBuffer>();
      const places = new Map<Buffer | IndexBuffer, Place>();
      const launch = runCall(lower, call, (node) => {
        const known = standIns.get(node);
        if (known !== undefined) return known;
        const slot = slotOf(node);
        const standIn = standInFor(slot);
        standIns.set(node, standIn);
        places.set(standIn, placeOf(slot));
        return standIn;
      });
      const rerun = prepare(launch, addresses, (buffer) => places.get(buffer)!, placeOf(out));
      return Object.assign(rerun, { operands: [...places.keys()] });
    },
    begin(given, set) {
      for (let i = 0; i < given.length; i++) addresses[FIRST_INPUT + i] = (given[i] as WasmBuffer).address;
      results = set === null ? freshOutputs() : sets[set]!;
      for (let i = 0; i < results.length; i++) addresses[firstOutput + i] = results[i]!.address;
      // Kept as long as the arena: its block is freed with it.
      addresses[WORKING_MEMORY] = memory.address;
    },
    end() {
      const ended = results;
      results = [];
      return ended;
    },
    write: (slot, values) => views().set(values, entry(slot)),
    read: (slot) => views()[entry(slot)]!,
  };
}

const WORKING_MEMORY = 0;
const FIXED = 1;
const FIRST_INPUT = 2;

function standInFor(slot: Slot): Buffer | IndexBuffer {
  if (slot.place === "constant") return slot.buffer;
  return slot.place === "arena" && slot.isIndex ? { length: slot.length, isIndex: true } : { length: slot.length };
}
