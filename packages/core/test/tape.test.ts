import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray } from "../src/array.js";
import { BackendError } from "../src/errors.js";
import { add, mul, sum } from "../src/ops/index.js";
import { apply, isWatched, settled, Tape, Traced } from "../src/tape.js";
import { grad } from "../src/transforms/grad.js";
import type { Value } from "../src/value.js";

const backend = cpu();
const x = ndarray(backend, [1, 2, 3]);

describe("a tape", () => {
  test("records only what depends on what it watches", () => {
    const tape = new Tape();
    const w = tape.watch(x);
    mul(x, x);
    const y = mul(w, w);
    expect(tape.entries.map((entry) => entry.primitive.name)).toEqual(["mul"]);
    expect(tape.entries[0]?.inputs).toEqual([w, w]);
    expect(tape.sees(y)).toBe(true);
    expect(tape.sees(mul(x, x))).toBe(false);
  });

  test("records nothing once it is closed, and what it saw is then a constant", () => {
    const tape = new Tape();
    const w = tape.watch(x);
    tape.close();
    expect(tape.isOpen).toBe(false);
    const y = add(w, 1);
    expect(tape.entries).toEqual([]);
    expect(y).not.toBeInstanceOf(Traced);
    expect(isWatched(w)).toBe(false);
    expect(settled(w)).toBe(x);
  });

  test("an op on values of two tapes is recorded on both, one on a value of one tape on that one", () => {
    const [outer, inner] = [new Tape(), new Tape()];
    const p = outer.watch(x);
    const q = inner.watch(ndarray(backend, [4, 5, 6]));
    const both = mul(p, q);
    add(q, 1);
    expect(outer.entries.map((entry) => entry.primitive.name)).toEqual(["mul"]);
    expect(inner.entries.map((entry) => entry.primitive.name)).toEqual(["mul", "add"]);
    expect(outer.sees(both) && inner.sees(both)).toBe(true);
  });

  test("watching what an open tape watches is the identity to that tape", () => {
    const [outer, inner] = [new Tape(), new Tape()];
    const p = outer.watch(x);
    const q = inner.watch(p);
    expect(outer.entries.map((entry) => entry.primitive.name)).toEqual(["identity"]);
    expect(inner.entries).toEqual([]);
    expect(q.tapes).toEqual([inner, outer]);
    expect(q.array).toBe(p.array);
  });

  test("a watched value reads as its numbers", () => {
    const w = new Tape().watch(x);
    expect(w.toNested()).toEqual([1, 2, 3]);
    expect(w.shape).toEqual([3]);
    expect(w.size).toBe(3);
    expect(sum(w).item()).toBe(6);
    expect(String(w)).toBe("[1, 2, 3]");
  });

  test("watched values can be read with await", async () => {
    expect([...(await new Tape().watch(x).read())]).toEqual([1, 2, 3]);
  });
});

describe("apply", () => {
  test("refuses arrays of two backends, and says so when they are two instances of one", () => {
    const other = ndarray({ ...cpu() }, [1, 2, 3]);
    expect(() => add(x, other)).toThrow(BackendError);
    expect(() => add(x, other)).toThrow(
      "add: arrays live on cpu-float64 and cpu-float64 (two instances of it: make one backend and share it); move one with toBackend(x, backend)",
    );
    expect(() => add(x, ndarray(cpu("float32"), 1))).toThrow("add: arrays live on cpu-float64 and cpu-float32; move one");
  });

  test("refuses an op of no array", () => {
    const none = { name: "none", shape: () => [], forward: () => backend.upload([1]), jvp: () => null, vjp: () => [] };
    expect(() => apply(none, [], undefined)).toThrow(
      "none: no array among the arguments; at least one must be made by ndarray(backend, …)",
    );
  });

  test("checks shapes before any work", () => {
    let ran = false;
    const strict = {
      name: "strict",
      shape(): readonly number[] {
        throw new RangeError("refused");
      },
      forward() {
        ran = true;
        return backend.upload([1]);
      },
      jvp: () => null,
      vjp: () => [],
    };
    expect(() => apply(strict, [x], undefined)).toThrow("refused");
    expect(ran).toBe(false);
  });

  test("an exception inside leaves no tape open: later derivatives are those of a fresh start", () => {
    let leaked: Value | null = null;
    const failing = (y: Value): Value => {
      leaked = mul(y, y);
      throw new Error("on purpose");
    };
    expect(() => grad(failing)(x)).toThrow("on purpose");
    expect(isWatched(leaked as unknown as Value)).toBe(false);
    expect(grad((y: Value) => sum(mul(y, leaked as unknown as Value)))(x).toNested()).toEqual([1, 4, 9]);
    // An inner failure that is caught does not disturb the outer derivative.
    const guarded = (y: Value): Value => {
      try {
        grad(failing)(y);
      } catch {
        return sum(mul(y, y));
      }
      return sum(y);
    };
    expect(grad(guarded)(x).toNested()).toEqual([2, 4, 6]);
  });
});
