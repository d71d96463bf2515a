import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reduction, Shape } from "../../src/backend.js";
import { BackendError } from "../../src/errors.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { count, indicesOf } from "../../src/laws/multi-index.js";
import { tiedValues, values } from "../../src/laws/values.js";
import { recordingDriver } from "./recording-driver.js";

const { driver, sources } = recordingDriver();
const backend = gpuBackend(driver);
const { mapReduce } = backend.fused!;

async function reduced(kind: Reduction, shape: Shape, axes: readonly number[], numbers: ArrayLike<number>): Promise<number[]> {
  return [...(await backend.read(backend.reduce(kind, shape, axes, backend.upload(numbers))))];
}

/** Entries that vanish together, for each place that stays. */
function groupsOf(shape: Shape, axes: readonly number[], numbers: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  indicesOf(shape).forEach((index, place) => {
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    const group = groups.get(key) ?? [];
    group.push(numbers[place]!);
    groups.set(key, group);
  });
  return [...groups.values()];
}

function isFirst(most: number): (value: number) => boolean {
  return (value) => value === most || Object.is(value, most);
}

/** How many launches `body` takes. */
async function launchesOf(body: () => Promise<unknown>): Promise<number> {
  const before = backend.activity().launches;
  await body();
  return backend.activity().launches - before;
}

describe("reductions of several stages", () => {
  const drawn = fc
    .array(fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 20, max: 700 })), { minLength: 1, maxLength: 4 })
    .filter((shape) => count(shape) <= 6000)
    .chain((shape) => fc.record({ shape: fc.constant(shape), axes: fc.subarray(shape.map((_, a) => a)), seed: fc.nat() }));

  test("sums are those of a loop", async () => {
    await fc.assert(
      fc.asyncProperty(drawn, async ({ shape, axes, seed }) => {
        const numbers = values(count(shape), seed).map(Math.fround);
        const sums = groupsOf(shape, axes, numbers).map((group) => group.reduce((a, b) => a + b, 0));
        const got = await reduced("sum", shape, axes, numbers);
        expect(got.length).toBe(sums.length);
        const worst = got.reduce((most, sum, i) => Math.max(most, Math.abs(sum - sums[i]!)), 0);
        expect(worst).toBeLessThanOrEqual(4 * backend.epsilon * count(shape));
      }),
      { numRuns: 25 },
    );
  });

  test("extrema are those of a loop, and NaN wins wherever it stands", async () => {
    await fc.assert(
      fc.asyncProperty(drawn, fc.constantFrom<"max" | "min">("max", "min"), async ({ shape, axes, seed }, kind) => {
        const numbers = tiedValues(count(shape), seed, 500);
        expect(await reduced(kind, shape, axes, numbers)).toEqual(groupsOf(shape, axes, numbers).map((group) => Math[kind](...group)));
      }),
      { numRuns: 25 },
    );
  });

  test("argmax takes the first maximum, or the first NaN, of all runs", async () => {
    const cases = fc.record({ before: fc.integer({ min: 1, max: 3 }), size: fc.integer({ min: 1, max: 1500 }), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(cases, fc.constantFrom(Infinity, 800), async ({ before, size, seed }, rarity) => {
        const numbers = tiedValues(before * size * 2, seed, rarity);
        const first = groupsOf([before, size, 2], [1], numbers).map((group) => group.findIndex(isFirst(Math.max(...group))));
        expect(await reduced("argmax", [before, size, 2], [1], numbers)).toEqual(first);
      }),
      { numRuns: 25 },
    );
  });
});

describe("launches", () => {
  test.each([
    [[200], [0], 1],
    [[300], [0], 2],
    [[1000003], [0], 3],
    [[64, 10, 784], [0, 2], 2],
    [[1000, 5000], [0], 1],
  ])("a sum of %j over %j takes %i", async (shape, axes, most) => {
    expect(await launchesOf(() => reduced("sum", shape, axes, new Float32Array(count(shape))))).toBe(most);
  });

  test("no thread takes more than 1024 turns, however long the sum", async () => {
    const from = sources.length;
    await reduced("sum", [3, 300007], [0, 1], new Float32Array(900021));
    await reduced("argmax", [100003], [0], new Float32Array(100003));
    const bounds = sources
      .slice(from)
      .map((source) => [...source.matchAll(/ < (\d+);/g)].reduce((product, [, n]) => product * Number(n), 1));
    expect(bounds.length).toBeGreaterThan(4);
    expect(Math.max(...bounds)).toBeLessThanOrEqual(1024);
  });

  test("a formula of six buffers is computed by the first; of more, before it", async () => {
    const sum = (n: number): Expr => Array.from({ length: n }, (_, j) => input(j)).reduce<Expr>((a, b) => call("add", a, b), constant(0));
    const run = (n: number): Promise<unknown> => {
      const inputs = Array.from({ length: n }, (_, j) => ({ buffer: backend.upload([j, 1]), offset: 0, strides: [1] }));
      return backend.read(mapReduce("sum", sum(n), [2], [0], inputs));
    };
    expect(await run(6)).toEqual(Float32Array.of(21));
    expect(await run(9)).toEqual(Float32Array.of(45));
    expect(await launchesOf(() => run(6))).toBe(1);
  });
});

test("no kernel reads more than seven arrays, tables with them: WebGPU promises eight, and one is written", async () => {
  const from = sources.length;
  const sum = Array.from({ length: 6 }, (_, j) => input(j)).reduce<Expr>((a, b) => call("add", a, b), constant(0));
  const inputs = Array.from({ length: 6 }, (_, j) => ({ buffer: backend.upload(values(900, j)), offset: 0, strides: [1] }));
  for (const kind of ["sum", "max", "argmax"] as const) await backend.read(mapReduce(kind, sum, [900], [0], inputs));
  const counts = sources.slice(from).map((source) => /^function \(([^)]*)\)/.exec(source)![1]!.split(",").length);
  expect(counts.length).toBeGreaterThanOrEqual(6);
  expect(Math.max(...counts)).toBeLessThanOrEqual(7);
});

describe("values", () => {
  test("of nothing: 0, −∞ and ∞", async () => {
    expect(await reduced("sum", [2, 0], [1], [])).toEqual([0, 0]);
    expect(await reduced("max", [0], [0], [])).toEqual([-Infinity]);
    expect(await reduced("min", [0, 3], [0], [])).toEqual([Infinity, Infinity, Infinity]);
  });

  test("−∞ alone has its first place, and is the maximum", async () => {
    const numbers = new Float32Array(600).fill(-Infinity);
    expect(await reduced("argmax", [2, 300], [1], numbers)).toEqual([0, 0]);
    expect(await reduced("max", [2, 300], [1], numbers)).toEqual([-Infinity, -Infinity]);
  });

  test("a formula that is a number", async () => {
    const view = { buffer: backend.upload([1, 2, 3, 4]), offset: 0, strides: [2, 1] };
    expect(await backend.read(mapReduce("sum", constant(2.5), [2, 2], [1], [view]))).toEqual(Float32Array.of(5, 5));
  });

  test("one buffer through two views", async () => {
    const buffer = backend.upload([1, 2, 3]);
    const inputs = [
      { buffer, offset: 0, strides: [1] },
      { buffer, offset: 2, strides: [-1] },
    ];
    expect(await backend.read(mapReduce("sum", call("mul", input(0), input(1)), [3], [0], inputs))).toEqual(Float32Array.of(10));
  });
});

test("argmax along more than 2²⁴ entries is refused", () => {
  const buffer = backend.upload([1]);
  expect(() => backend.reduce("argmax", [2 ** 24 + 2], [0], buffer)).toThrow(BackendError);
  expect(() => backend.reduce("argmax", [2 ** 24 + 2], [0], buffer)).toThrow("position 16777217 is beyond 16777216");
});
