import { readFileSync } from "node:fs";
import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { expect, test } from "vitest";
import type { Contender } from "./contender.js";
import { measureWork } from "./measure-work.js";
import type { Timed, Work } from "./plan.js";
import { quickWork } from "./quick-work.js";

const works = Object.entries(JSON.parse(readFileSync(new URL("../works/works.json", import.meta.url), "utf8")) as Record<string, Work>);
const matmul = quickWork(works[0]![1]);
const plan = { modes: ["one"], works: {}, rounds: 2, turn: 0 };
const on = (backend: Backend, close = async () => {}): Contender => ({ backend, executedOn: "here", close });

/** Kernels that run one by one, so that a test can change one. */
function kernels(): Backend {
  const { arena: _, ...rest } = cpu("float32") as Backend & { readonly arena: unknown };
  return rest;
}

test.each(works)("%s in small: results of float32 are those of float64, up to rounding, and are timed", async (name, work) => {
  const { contenders } = await measureWork(name, quickWork(work), plan, async () => on(wasm()));
  const { difference, times, first } = contenders["one"] as Timed;
  expect(difference).toBeGreaterThan(0);
  expect(difference).toBeLessThan(1e-6);
  expect(times).toHaveLength(2);
  expect(Math.min(...times, first)).toBeGreaterThan(0);
});

test("wrong results are not timed, and the backend is closed", async () => {
  const right = kernels();
  const wrong: Backend = {
    ...right,
    contract(...args) {
      const product = right.contract(...args);
      const values = right.readSync!(product);
      values[0]! *= 1.5;
      return right.upload(values);
    },
  };
  let closed = 0;
  const { contenders } = await measureWork("W1", matmul, plan, async () => on(wrong, async () => void closed++));
  expect(contenders["one"]).toEqual({ refused: expect.stringMatching(/^its results differ from those of float64 on the CPU by /) });
  expect(closed).toBe(1);
});

test("a backend that cannot be opened, and one that fails in a later run, say why; others are timed", async () => {
  const fine = kernels();
  let runs = 0;
  const failing: Backend = {
    ...fine,
    contract(...args) {
      if (++runs > 3) throw new Error("the device was lost");
      return fine.contract(...args);
    },
  };
  const { contenders } = await measureWork("W1", matmul, { ...plan, modes: ["none", "lost", "fine"] }, async (mode) => {
    if (mode === "none") throw new Error("there is no such device");
    return on(mode === "lost" ? failing : fine);
  });
  expect(contenders["none"]).toEqual({ refused: "there is no such device" });
  expect(contenders["lost"]).toEqual({ refused: "the device was lost" });
  expect(contenders["fine"]).toHaveProperty("times");
});

test("launches, uploads and reads are those of one run, kernels those of all", async () => {
  const backend = kernels();
  const counts = { launches: 100, uploads: 7, reads: 0, kernels: 5, buffers: 0, bytes: 64 };
  const counting: Backend = {
    ...backend,
    contract(...args) {
      counts.launches++;
      return backend.contract(...args);
    },
    read(buffer) {
      counts.reads++;
      return backend.read(buffer);
    },
  };
  const contender = { ...on(counting), activity: () => ({ ...counts }) };
  const { contenders } = await measureWork("W1", matmul, plan, async () => contender);
  expect((contenders["one"] as Timed).activity).toEqual({ launches: 1, uploads: 0, reads: 1, kernels: 5, bytes: 64 });
});
