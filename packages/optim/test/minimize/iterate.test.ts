import { div, mul, ndarray, square, sub, sum, type Value } from "@paramat/core";
import { lbfgs, steepestDescent } from "@paramat/optim";
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

  it("waits for what progress promises, and ends with what it throws", async () => {
    const x = ndarray(backend, [1]);
    const problem = problemOf("test", (t: Value) => sum(square(t)), x, {});
    const heard: string[] = [];
    const options = {
      progress: async ({ iteration }: { readonly iteration: number }) => {
        heard.push(`begin ${iteration}`);
        await new Promise((resolve) => setTimeout(resolve, 1));
        heard.push(`end ${iteration}`);
        if (iteration === 1) throw new Error("enough");
      },
    };
    const run = iterate("test", problem, await problem.pointAt(x), options, async (at) => ({ point: at, step: 1 }));
    await expect(run).rejects.toThrow("enough");
    expect(heard).toEqual(["begin 0", "end 0", "begin 1", "end 1"]);
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

  it("does not blame rounding where f falls without end", async () => {
    const x = ndarray(backend, [1, 2]);
    const noFloor = /^the value has fallen from -5\.0e\+0 to -.*e\+\d+, and f seems to have no minimum; add a regularizer or a constraint/;
    const bowl = (v: Value) => mul(-1, sum(square(v)));
    for (const method of [lbfgs, steepestDescent]) {
      const found = await method(bowl, x);
      expect(found.status).not.toBe("converged");
      expect(found.reason).toMatch(noFloor);
    }
    // A deep minimum that is not reached yet is a matter of iterations.
    const deep = await lbfgs((v: Value) => sum(square(sub(v, ndarray(backend, [1e3, -1e3])))), x, { maxIterations: 0 });
    expect(deep.reason).toMatch(/raise maxIterations/);
  });
});
