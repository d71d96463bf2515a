import type { Backend, Buffer, IndexBuffer } from "../backend.js";
import type { Arena, ArenaPlan, Slot } from "./arena.js";
import { runCall } from "./run-call.js";

/** An arena of results that are buffers of their own. */
export interface EagerArena extends Arena {
  /** Nothing reads this node any more in this run. */
  drop(node: number): void;
}

/** Replays a program kernel by kernel on a backend that has no working memory for programs: every result is a buffer of its own. */
export function eagerArena(backend: Backend, plan: ArenaPlan): EagerArena {
  let inputs: readonly Buffer[] = [];
  const results = new Map<number, Buffer | IndexBuffer>();
  const outputs = new Array<Buffer | undefined>(plan.outputs.length);

  const at = (slot: Slot): Buffer | IndexBuffer => {
    if (slot.place === "constant") return slot.buffer;
    const found =
      slot.place === "input" ? inputs[slot.position] : slot.place === "output" ? outputs[slot.position] : results.get(slot.node);
    if (!found) throw new Error(`program: ${slot.place} ${slot.place === "arena" ? slot.node : slot.position} is read before it is there`);
    return found;
  };
  const put = (slot: Slot, buffer: Buffer | IndexBuffer): void => {
    if (slot.place === "output") outputs[slot.position] = buffer as Buffer;
    else if (slot.place === "arena") results.set(slot.node, buffer);
  };
  const { readSync } = backend;
  return {
    prepare: (call, slotOf, out) => () =>
      put(
        out,
        runCall(backend, call, (node) => at(slotOf(node))),
      ),
    begin(bound) {
      inputs = bound;
    },
    end() {
      results.clear();
      const made = outputs.map((output) => output as Buffer);
      outputs.fill(undefined);
      return made;
    },
    drop(node) {
      const found = results.get(node);
      if (!found) return;
      results.delete(node);
      backend.free?.(found);
    },
    write: (slot, values) => put(slot, backend.upload(values)),
    ...(readSync && { read: (slot: Slot) => readSync(at(slot) as Buffer)[0] as number }),
  };
}
