import type { Buffer, IndexBuffer } from "../backend.js";
import type { Arena, ArenaPlan, Slot } from "../program/arena.js";
import type { Engine } from "./engine.js";
import { lowerCall } from "./lower-call.js";
import { WasmBuffer } from "./memory/wasm-buffer.js";

/** A node's place in the table of addresses; kernels are lowered with these in place of buffers. */
interface PlacedBuffer {
  readonly length: number;
  readonly isIndex: boolean;
  readonly position: number;
}

/**
 * A program's working memory on the engine: one block, and a table of addresses in which inputs and outputs are put before each run. Every call is lowered
 * and compiled once; a run is one call of a prepared function for each kernel.
 */
export function createArena(engine: Engine, plan: ArenaPlan): Arena {
  const { heap, target, buffers } = engine;
  const { bytes: size } = target.numbers;
  const block = heap.allocate(Math.max(1, plan.bytes));
  const base = heap.address(block);
  const addresses = new Int32Array(plan.inputs.length + plan.outputs.length + MOST_OTHERS);
  const outputs = new Array<Buffer>(plan.outputs.length);
  const sets = Array.from({ length: plan.outputSets }, () => plan.outputs.map((length) => keptBuffer(engine, length)));
  // Constants stay where they are as long as their buffers live.
  const constants: { readonly buffer: WasmBuffer; readonly position: number }[] = [];
  const positions = new Map<string, number>();
  let used = plan.inputs.length + plan.outputs.length;

  const add = (address: number): number => {
    if (used === addresses.length)
      throw new Error(`wasm: a program has more than ${MOST_OTHERS} places; split the function that is compiled`);
    addresses[used] = address;
    return used++;
  };
  const positionOf = (slot: Slot): number => {
    switch (slot.place) {
      case "input":
        return slot.position;
      case "output":
        return plan.inputs.length + slot.position;
      case "constant": {
        const known = constants.find(({ buffer }) => buffer === (slot.buffer as WasmBuffer));
        if (known) return known.position;
        const buffer = slot.buffer as WasmBuffer;
        const position = add(buffer.address);
        constants.push({ buffer, position });
        return position;
      }
      case "arena": {
        const key = String(slot.offset);
        const known = positions.get(key);
        if (known !== undefined) return known;
        const position = add(base + slot.offset);
        positions.set(key, position);
        return position;
      }
    }
  };
  const isIndexAt = (slot: Slot): boolean =>
    (slot.place === "arena" && slot.isIndex) || (slot.place === "constant" && "isIndex" in slot.buffer && slot.buffer.isIndex);

  const arena: Arena = {
    prepare(call, slotOf, out) {
      const placed = (node: number): Buffer | IndexBuffer => {
        const slot = slotOf(node);
        const buffer: PlacedBuffer = { length: slot.length, isIndex: isIndexAt(slot), position: positionOf(slot) };
        return buffer;
      };
      const launch = lowerCall(target, call, placed);
      return engine.prepare(launch, addresses, (buffer) => (buffer as PlacedBuffer).position, positionOf(out));
    },
    begin(inputs, set) {
      for (let i = 0; i < inputs.length; i++) addresses[i] = (inputs[i] as WasmBuffer).address;
      for (let i = 0; i < plan.outputs.length; i++) {
        const length = plan.outputs[i]!;
        const buffer = set === null ? buffers.make(length, length * size, false) : sets[set]![i]!;
        outputs[i] = buffer;
        addresses[plan.inputs.length + i] = buffer.address;
      }
    },
    end: () => [...outputs],
    write(slot, values) {
      const { f32, f64 } = heap.views();
      const numbers = size === 4 ? f32 : f64;
      numbers.set(values, (addresses[positionOf(slot)]! >>> 0) / size);
    },
    read(slot) {
      const { f32, f64 } = heap.views();
      return (size === 4 ? f32 : f64)[(addresses[positionOf(slot)]! >>> 0) / size]!;
    },
  };
  released.register(arena, () => heap.free(block));
  return arena;
}

/** Places of constants and of working memory that one program may have. */
const MOST_OTHERS = 1 << 14;

const released = new FinalizationRegistry<() => void>((free) => free());

/** A buffer of no scope, freed when nothing refers to it any more. */
function keptBuffer({ heap, target }: Engine, length: number): WasmBuffer {
  if (length === 0) return new WasmBuffer(0, false, -1, 1024);
  const block = heap.allocate(length * target.numbers.bytes);
  const buffer = new WasmBuffer(length, false, block, heap.address(block));
  released.register(buffer, () => heap.free(block));
  return buffer;
}
