import type { Buffer, IndexBuffer } from "../backend.js";
import type { OwnedBuffer } from "../buffers/owned-buffer.js";
import type { Arena, ArenaPlan, Slot } from "../program/arena.js";
import { type Kernels, runCall } from "../program/run-call.js";
import type { Engine, Place } from "./engine.js";
import type { Launch } from "./kernel.js";

/** What kernels are lowered with in place of a buffer: where a node's numbers will be. */
interface PlacedBuffer {
  readonly length: number;
  readonly isIndex: boolean;
  readonly place: Place;
}

/**
 * A program's working memory on the engine: one block, and a table of addresses in which the places of inputs and results are put before each run. Every
 * call is lowered and compiled once; a run is one call of a prepared function for each kernel.
 */
export function createArena({ heap, target, buffers, prepare }: Engine, lower: Kernels<Launch>, plan: ArenaPlan): Arena {
  const { bytes: size } = target.numbers;
  const make = (length: number) => buffers.make(length, length * size, false);
  const { working, sets } = buffers.unscoped(() => ({
    working: buffers.make(plan.bytes, plan.bytes, false),
    sets: Array.from({ length: plan.outputSets }, () => plan.outputs.map(make)),
  }));
  const [firstInput, firstOutput] = [2, 2 + plan.inputs.length];
  const addresses = new Int32Array(firstOutput + plan.outputs.length);
  const outputs = new Array<Buffer>(plan.outputs.length);
  // Their memory is theirs as long as someone refers to them.
  const constants = new Set<Buffer | IndexBuffer>();

  const placeOf = (slot: Slot): Place => {
    switch (slot.place) {
      case "arena":
        return { slot: WORKING, bytes: slot.offset };
      case "input":
        return { slot: firstInput + slot.position, bytes: 0 };
      case "output":
        return { slot: firstOutput + slot.position, bytes: 0 };
      case "constant":
        constants.add(slot.buffer);
        return { slot: FIXED, bytes: (slot.buffer as OwnedBuffer).address };
    }
  };
  const addressOf = (slot: Slot): number => {
    const place = placeOf(slot);
    return (addresses[place.slot]! + place.bytes) >>> 0;
  };
  const numbersNow = () => (size === 4 ? heap.views().f32 : heap.views().f64);

  return {
    prepare(call, slotOf, out) {
      const placed = (node: number): PlacedBuffer => {
        const slot = slotOf(node);
        return { length: slot.length, isIndex: isIndexAt(slot), place: placeOf(slot) };
      };
      const launch = runCall(lower, call, placed);
      return prepare(launch, addresses, (buffer) => (buffer as PlacedBuffer).place, placeOf(out));
    },
    begin(inputs, set) {
      addresses[WORKING] = working.address;
      for (let i = 0; i < inputs.length; i++) addresses[firstInput + i] = (inputs[i] as OwnedBuffer).address;
      for (let i = 0; i < plan.outputs.length; i++) {
        const buffer = set === null ? make(plan.outputs[i]!) : sets[set]![i]!;
        outputs[i] = buffer;
        addresses[firstOutput + i] = buffer.address;
      }
    },
    end: () => [...outputs],
    write: (slot, values) => numbersNow().set(values, addressOf(slot) / size),
    read: (slot) => numbersNow()[addressOf(slot) / size]!,
  };
}

/** Entries of the table of addresses: where the working memory begins, and 0, for what stays where it is. */
const [WORKING, FIXED] = [0, 1];

function isIndexAt(slot: Slot): boolean {
  if (slot.place === "arena") return slot.isIndex;
  return slot.place === "constant" && "isIndex" in slot.buffer && slot.buffer.isIndex === true;
}
