import { afterEach, expect, test, vi } from "vitest";
import { bufferStore } from "../../src/buffers/buffer-store.js";
import { createHeap } from "../../src/wasm/memory/heap.js";
import { stubFinalization } from "./finalization.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

function smallStore() {
  const heap = createHeap(2 ** 24, false);
  return { heap, store: bufferStore(heap, "wasm") };
}

test("a scope frees what its body did not return, wherever in the result a buffer stands", () => {
  const { heap, store } = smallStore();
  class Holder {
    constructor(readonly buffer: unknown) {}
  }
  const before = store.make(5, 20, false);
  const made = store.scope(() => {
    const [a, b, c, d, lost] = [1, 2, 3, 4, 5].map(() => store.make(100, 400, false));
    const circle: unknown[] = [new Map([["key", b]]), new Set([c])];
    circle.push(circle);
    return { list: [{ a }], circle, held: new Holder(d), lost: () => lost };
  });
  expect(store.live()).toBe(5);
  expect(made.list[0]!.a!.isFreed).toBe(false);
  expect(before.isFreed).toBe(false);
  expect(heap.inUse()).toBe(64 + 4 * 448);
  expect(() => made.lost()!.address).toThrow(
    "wasm: a buffer of 100 numbers was freed when the scope ended in which it was made; return it from the scope's body, or use it inside",
  );
});

test("what leaves an inner scope belongs to the outer one", () => {
  const { store } = smallStore();
  const seen = store.scope(() => {
    const inner = store.scope(() => [store.make(1, 4, false), store.make(1, 4, false)]);
    expect(store.live()).toBe(2);
    return { kept: inner[0]!, asFunction: () => inner[1]! };
  });
  expect([seen.kept.isFreed, seen.asFunction().isFreed]).toEqual([false, true]);
  expect(store.live()).toBe(1);
});

test("what is retained outlives every scope, and is garbage like any other", () => {
  const finalization = stubFinalization();
  const { store } = smallStore();
  store.scope(() => {
    store.scope(() => {
      store.make(1, 4, false).isRetained = true;
    });
    expect(store.live()).toBe(1);
  });
  expect(store.live()).toBe(1);
  finalization.collect();
  expect(store.live()).toBe(0);
});

test("a scope whose body throws frees all that was made in it", () => {
  const { store } = smallStore();
  const failing = () =>
    store.scope(() => {
      store.make(3, 12, false);
      store.openScope();
      store.make(3, 12, false);
      throw new Error("stop");
    });
  expect(failing).toThrow("stop");
  expect(store.live()).toBe(0);
  const after = store.make(3, 12, false);
  expect(store.live()).toBe(1);
  expect(after.isFreed).toBe(false);
});

test("a body that gives a promise is an error, and frees what it made", () => {
  const { store } = smallStore();
  expect(() => store.scope(async () => store.make(1, 4, false))).toThrow(/the body of a scope gave a promise; await outside of it/);
  expect(store.live()).toBe(0);
});

test("an open scope ends with its block", () => {
  const { store } = smallStore();
  const kept = (() => {
    using scope = store.openScope();
    store.make(1, 4, false);
    return scope.keep({ deep: [store.make(1, 4, false)] });
  })();
  expect(store.live()).toBe(1);
  expect(kept.deep[0]!.isFreed).toBe(false);
});

test("an open scope that is closed twice does nothing the second time", () => {
  const { store } = smallStore();
  const outer = store.openScope();
  store.make(1, 4, false);
  store.openScope();
  outer.close();
  const after = store.make(1, 4, false);
  outer.close();
  expect([store.live(), after.isFreed]).toEqual([1, false]);
});

test("what is made unscoped is not the scope's, and scopes go on after", () => {
  const { store } = smallStore();
  const seen: { outside?: { isFreed: boolean }; inside?: { isFreed: boolean } } = {};
  store.scope(() => {
    const failing = () =>
      store.unscoped(() => {
        seen.outside = store.make(1, 4, false);
        throw new Error("stop");
      });
    expect(failing).toThrow("stop");
    seen.inside = store.make(1, 4, false);
  });
  expect([seen.outside!.isFreed, seen.inside!.isFreed, store.live()]).toEqual([false, true, 1]);
});

test("the garbage collector frees what no scope holds and nothing refers to", () => {
  const finalization = stubFinalization();
  const { heap, store } = smallStore();
  const kept = store.make(1000, 4000, false);
  for (let turn = 0; turn < 10; turn++) {
    for (let i = 0; i < 200; i++) store.make(1000, 4000, false);
    expect(store.live()).toBe(201);
    finalization.collect((buffer) => buffer !== kept);
    expect(store.live()).toBe(1);
  }
  expect(kept.isFreed).toBe(false);
  // What was freed was used again.
  expect(heap.reserved()).toBeLessThan(2 ** 21);
});

// When a collection comes is the engine's affair, so only the nudges are counted.
test("each 64 MiB in buffers of no scope nudge the collector once, by an allocation of that size", () => {
  const store = bufferStore(createHeap(2 ** 30, false), "wasm");
  const sizes: number[] = [];
  const Counted = new Proxy(ArrayBuffer, {
    construct(target, args: [number]) {
      sizes.push(args[0]);
      return new target(...args);
    },
  });
  vi.stubGlobal("ArrayBuffer", Counted);
  try {
    const made = Array.from({ length: 20 }, () => store.make(2 ** 21, 2 ** 23, false));
    expect(sizes).toEqual([2 ** 26, 2 ** 26]);
    store.scope(() => {
      for (let i = 0; i < 20; i++) store.make(2 ** 21, 2 ** 23, false);
    });
    expect([sizes.length, made.length]).toEqual([2, 20]);
  } finally {
    vi.unstubAllGlobals();
  }
});

test("buffers without entries take no memory", () => {
  const { heap, store } = smallStore();
  const empty = store.make(0, 0, true);
  expect([empty.length, empty.isIndex, heap.inUse(), store.live()]).toEqual([0, true, 0, 0]);
});

test("a region holds what was made in its runs and what it adopts, until it is told what to keep", () => {
  const { heap, store } = smallStore();
  const region = store.region();
  const [a, b, c] = [1, 2, 3].map(() => region.run(() => store.make(100, 400, false)));
  const found = store.make(100, 400, false);
  const outside = store.make(100, 400, false);
  region.adopt({ found });
  region.run(() => store.scope(() => void store.make(7, 28, false)));
  expect(store.live()).toBe(5);
  c!.isRetained = true;
  region.keepOnly([{ a }]);
  expect([a, b, c, found, outside].map((buffer) => buffer!.isFreed)).toEqual([false, true, false, true, false]);
  expect([store.live(), heap.inUse()]).toEqual([3, 3 * 448]);
  expect(() => b!.address).toThrow("wasm: a buffer of 100 numbers was freed by the method that had made it; tell the backend to retain");
  region.keepOnly([]);
  expect([a!.isFreed, store.live()]).toEqual([true, 2]);
});

test("regions and scopes may hold the same buffer: the first to let go of it frees it, once", () => {
  const { store } = smallStore();
  const [one, two] = [store.region(), store.region()];
  const shared = one.run(() => store.make(1, 4, false));
  two.adopt(shared);
  store.scope(() => {
    const inside = store.make(1, 4, false);
    one.adopt(inside);
    one.keepOnly([]);
    expect([inside.isFreed, shared.isFreed, store.live()]).toEqual([true, true, 0]);
  });
  two.keepOnly([]);
  expect(store.live()).toBe(0);
});

test("a region keeps what was made before its body throws, and ends the scopes that were left open", () => {
  const { store } = smallStore();
  const region = store.region();
  const failing = () =>
    region.run(() => {
      store.make(3, 12, false);
      store.openScope();
      store.make(3, 12, false);
      throw new Error("stop");
    });
  expect(failing).toThrow("stop");
  expect(store.live()).toBe(1);
  region.keepOnly([]);
  expect(store.live()).toBe(0);
  const outside = store.make(1, 4, false);
  region.keepOnly([]);
  expect(outside.isFreed).toBe(false);
});

test("a region that is forgotten is garbage", () => {
  const finalization = stubFinalization();
  const { store } = smallStore();
  store.region().run(() => void store.make(1, 4, false));
  finalization.collect();
  expect(store.live()).toBe(0);
});
