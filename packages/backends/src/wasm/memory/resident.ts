import type { Heap } from "./heap.js";

/** Constant bytes in memory that stay as long as a JavaScript object lives. */
export interface Resident {
  /** The address of `bytes`, put there when `owner` is first seen. */
  address(owner: object, bytes: Int32Array | Uint8Array): number;
}

export function resident(heap: Heap): Resident {
  const addresses = new WeakMap<object, number>();
  const forgotten = new FinalizationRegistry<number>((block) => heap.free(block));
  return {
    address(owner, { buffer, byteOffset, byteLength }) {
      const known = addresses.get(owner);
      if (known !== undefined) return known;
      const block = heap.allocate(byteLength);
      const address = heap.address(block);
      heap.views().bytes.set(new Uint8Array(buffer, byteOffset, byteLength), address);
      addresses.set(owner, address);
      forgotten.register(owner, block);
      return address;
    },
  };
}
