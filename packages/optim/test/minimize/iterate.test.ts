import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { wasm } from "@paramat/backends";
import { div, mul, ndarray, square, sub, sum, type Value } from "@paramat/core";
import { lbfgs, newtonCg } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { iterate } from "../../src/minimize/iterate.js";
import { problemOf } from "../../src/minimize/problem.js";
import { backend } from "./problems.js";

describe("iterate", () => {
  it("stalls where for a hundred iterations nothing got better, and where the method has nowhere to go", async () => {
    const x = ndarray(backend, [1]);
    const problem = problemOf("test", (t: Value) => sum(square(t)), x, {});
    const start = await problem.pointAt(x);
    const idle = await iterate("test", problem, start, {}, async (at) => ({ point: at, step: 0 }));
    expect([idle.status, idle.iterations]).toEqual(["stalled", 100]);
    expect(idle.reason).toMatch(/rounding has been reached/);
    const stuck = await iterate("test", problem, start, {}, async () => ({ stalled: "no way" }));
    expect([stuck.status, stuck.reason, stuck.iterations]).toEqual(["stalled", "no way", 0]);
  });

  it("returns the point before it went where nothing is finite", async () => {
    const x = ndarray(backend, [1]);
    const problem = problemOf("test", (t: Value) => sum(div(1, t)), x, {});
    const found = await iterate("test", problem, await problem.pointAt(x), {}, async () => ({
      point: await problem.pointAt(ndarray(backend, [0])),
      step: 1,
    }));
    expect([found.status, found.value]).toEqual(["non-finite", Number.POSITIVE_INFINITY]);
  });

  it("lets the event loop have its turns", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const x = ndarray(backend, [1]);
    const problem = problemOf("test", (t: Value) => sum(square(t)), x, {});
    const until = performance.now() + 100;
    await iterate("test", problem, await problem.pointAt(x), { maxIterations: 1e9 }, async (at) =>
      performance.now() < until ? { point: { ...at, value: at.value * 0.999 }, step: 1 } : { stalled: "done" },
    );
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it("gives memory back on WebAssembly, where 256 MiB hold what more than that passes through", async () => {
    const small = wasm({ precision: "float64", maxMemory: 2 ** 28 });
    const size = 100_000;
    const scale = ndarray(
      small,
      Float64Array.from({ length: size }, (_, i) => 1 + (i % 997)),
    );
    const f = (x: Value) => sum(mul(scale, square(sub(x, 1))));
    const start = ndarray(small, new Float64Array(size));
    // When the collector runs is the engine's to decide; here it runs in every other iteration, and what is garbage must have become so.
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const progress = ({ iteration }: { readonly iteration: number }) => {
      if (iteration % 2 === 1) collect();
    };
    for (const compile of [true, false]) {
      for (const method of [lbfgs, newtonCg]) {
        const found = await method(f, start, { compile, maxIterations: 6, gradientTolerance: 1e-30, progress });
        expect(found.iterations).toBeGreaterThan(3);
      }
    }
    // Every collection takes the longer the more this process has done before.
  }, 60_000);
});
