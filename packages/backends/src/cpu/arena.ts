import type { Buffer, IndexBuffer, Precision } from "../backend.js";
import type { Arena, ArenaPlan, Slot } from "../program/arena.js";
import type { Call } from "../program/call.js";
import { operandsOf } from "../program/call-operands.js";
import { type Kernels, runCall } from "../program/run-call.js";
import { type Floats, floatsOf, indexBuffer, positionsOf } from "./storage.js";

/** Kernels whose results go to a place that is said before each call. */
export interface PlacedKernels {
  readonly kernels: Kernels<Buffer | IndexBuffer>;
  /** Where the next result goes. */
  aim(place: Floats | Int32Array): void;
}

/** Working memory of one program: typed arrays over one block, which kernels write in place. */
export function createArena(plan: ArenaPlan, precision: Precision, { kernels, aim }: PlacedKernels): Arena {
  const memory = new ArrayBuffer(plan.bytes);
  const numbers = (length: number): Floats => (precision === "float64" ? new Float64Array(length) : new Float32Array(length));
  const sets = Array.from({ length: plan.outputSets }, () => plan.outputs.map(numbers));
  const places = new Map<number, Buffer | IndexBuffer>();
  let inputs: readonly Buffer[] = [];
  let outputs: readonly Floats[] = [];

  const placed = (slot: Extract<Slot, { place: "arena" }>): Buffer | IndexBuffer => {
    const known = places.get(slot.node);
    if (known) return known;
    const { offset, length, isIndex } = slot;
    const made = isIndex ? indexBuffer(new Int32Array(memory, offset, length)) : floatsAt(precision, memory, offset, length);
    places.set(slot.node, made);
    return made;
  };
  const at = (slot: Slot): Buffer | IndexBuffer => {
    switch (slot.place) {
      case "arena":
        return placed(slot);
      case "constant":
        return slot.buffer;
      case "input":
        return inputs[slot.position]!;
      case "output":
        return outputs[slot.position]!;
    }
  };
  const target = (slot: Slot): Floats | Int32Array => {
    const buffer = at(slot);
    return "isIndex" in buffer ? positionsOf(buffer) : floatsOf(buffer);
  };
  return {
    prepare(call, slotOf, out) {
      const bufferOf = (node: number) => at(slotOf(node));
      const run = operandsOf(call).every((node) => isFixed(slotOf(node)))
        ? bound(kernels, call, bufferOf)
        : () => runCall(kernels, call, bufferOf);
      return () => {
        aim(target(out));
        run();
      };
    },
    begin(given, set) {
      inputs = given;
      outputs = set === null ? plan.outputs.map(numbers) : sets[set]!;
    },
    end: () => outputs,
    write: (slot, values) => (target(slot) as Floats).set(values),
    read: (slot) => floatsOf(at(slot) as Buffer)[0]!,
  };
}

function floatsAt(precision: Precision, memory: ArrayBuffer, offset: number, length: number): Floats {
  return precision === "float64" ? new Float64Array(memory, offset, length) : new Float32Array(memory, offset, length);
}

/** Whether the slot is at the same place in every run. */
function isFixed({ place }: Slot): boolean {
  return place === "arena" || place === "constant";
}

/** The call with its arguments put together once. */
function bound(kernels: PlacedKernels["kernels"], call: Call, bufferOf: (node: number) => Buffer | IndexBuffer): () => void {
  return runCall<() => void>(bindersOf(kernels), call, bufferOf);
}

function bindersOf(kernels: PlacedKernels["kernels"]): Kernels<() => void> {
  const bind =
    <A extends readonly unknown[]>(kernel: (...args: A) => unknown) =>
    (...args: A) =>
    () =>
      void kernel(...args);
  return {
    map: bind(kernels.map),
    place: bind(kernels.place),
    reduce: bind(kernels.reduce),
    scan: bind(kernels.scan),
    contract: bind(kernels.contract),
    convolve: bind(kernels.convolve),
    sparse: bind(kernels.sparse),
    gather: bind(kernels.gather),
    scatterAdd: bind(kernels.scatterAdd),
    argmaxWindows: bind(kernels.argmaxWindows),
    fft: bind(kernels.fft),
  };
}
