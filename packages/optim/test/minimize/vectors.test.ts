import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { add, mul, ndarray, sum } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { vectorsLike } from "../../src/minimize/vectors.js";

const inWasm = wasm({ precision: "float64" });
const backends: readonly [Backend, () => number][] = [
  [cpu("float64"), () => 0],
  [inWasm, () => inWasm.memoryInUse().buffers],
];

describe.each(backends)("vectors on $name", (backend, live) => {
  const a = { W: ndarray(backend, [[1, 2]]), rest: [ndarray(backend, 3)] };
  const b = { W: ndarray(backend, [[-1, 0.5]]), rest: [ndarray(backend, 2)] };

  it("are added, scaled and measured over all leaves", async () => {
    const { dot, norm, plus, scaled } = vectorsLike(a);
    expect(await dot(a, b)).toBe(-1 + 1 + 6);
    expect(await norm({ x: ndarray(backend, [2, 3]), y: ndarray(backend, 6) })).toBe(7);
    expect([plus(a, 2, b).W.toNested(), scaled(-1, a).rest[0]?.item()]).toEqual([[[-1, 3]], -3]);
  });

  it("are freed where they are not named, with all of a part; what comes from elsewhere never", async () => {
    const before = live();
    const vectors = vectorsLike(a);
    const [one, two] = [vectors.plus(a, 1, b), vectors.scaled(2, a)];
    const part = vectors.part();
    const inner = part.scaled(3, one);
    expect(await part.read(() => add(sum(inner.W), sum(mul(2, inner.W))))).toBe(3 * 3 * 2.5);
    const held = vectors.hold(() => {
      const kept = mul(2, a.W);
      return () => sum(kept).item();
    });
    if (live() > 0) expect(live() - before).toBe(2 + 2 + 2 + 2);
    part.keepOnly();
    expect(held()).toBe(6);
    vectors.keepOnly(two);
    if (live() > 0) expect(() => one.W.toArray()).toThrow(/freed by the method that had made it/);
    expect([two.W.toNested(), a.W.toNested()]).toEqual([[[2, 4]], [[1, 2]]]);
    vectors.keepOnly();
    expect([a, b].map(({ W }) => W.toNested())).toEqual([[[1, 2]], [[-1, 0.5]]]);
    if (live() > 0) expect(live() - before).toBe(1);
  });
});
