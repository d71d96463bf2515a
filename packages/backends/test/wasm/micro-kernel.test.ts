import { describe, expect, it } from "vitest";
import { values } from "../../src/laws/values.js";
import { wasmModule } from "../../src/wasm/encoder/index.js";
import { type MicroKernelOptions, microKernel } from "../../src/wasm/micro-kernel.js";
import { numbersOf } from "../../src/wasm/numbers.js";
import { hasRelaxed } from "./contract-trial.js";

interface Call {
  readonly options: MicroKernelOptions;
  /** Given at run time. */
  readonly segments: number;
  readonly aSegment: number;
  readonly bSegment: number;
  readonly run: number;
  readonly overwrites: boolean;
}

const LENGTH = 512;

/** C before and after a call, and what the obvious loops make of it, in numbers; all steps of the call are given in numbers too. */
function trial(precision: "float32" | "float64", relaxed: boolean, { options, segments, aSegment, bSegment, run, overwrites }: Call) {
  const numbers = numbersOf(precision, relaxed);
  const { bytes, lanes } = numbers;
  const [aRow, aStep, bStep, cRow] = [options.aRow, options.aStep, options.bStep, options.cRow].map((step) => step * bytes) as [
    number,
    number,
    number,
    number,
  ];
  const module = wasmModule();
  const kernel = microKernel(module, numbers, { ...options, aRow, aStep, bStep, cRow });
  const base = 1024;
  const [a, b, c] = [base, base + LENGTH * bytes, base + 2 * LENGTH * bytes];
  module.entry("run", 0, () =>
    kernel(
      ...[a, b, c, aSegment * bytes, bSegment * bytes, segments],
      ...(options.run === "given" ? [run] : []),
      ...(options.begin === "given" ? [overwrites ? 1 : 0] : []),
    ),
  );
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const all = bytes === 4 ? new Float32Array(memory.buffer, base, 3 * LENGTH) : new Float64Array(memory.buffer, base, 3 * LENGTH);
  all.set(values(3 * LENGTH, 5));
  const before = Float64Array.from(all);
  const binary = new WebAssembly.Module(module.encode({ initial: 1, maximum: 1, shared: false }));
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  (new WebAssembly.Instance(binary, imports).exports["run"] as () => void)();
  const expected = Float64Array.from(before);
  const columns = (options.vectors - 1) * lanes + (options.lastLanes ?? lanes);
  for (let i = 0; i < options.rows; i++) {
    for (let j = 0; j < columns; j++) {
      const place = 2 * LENGTH + i * options.cRow + j;
      let sum = overwrites ? 0 : before[place]!;
      for (let s = 0; s < segments; s++)
        for (let t = 0; t < run; t++) {
          sum += before[i * options.aRow + t * options.aStep + s * aSegment]! * before[LENGTH + j + t * options.bStep + s * bSegment]!;
        }
      expected[place] = sum;
    }
  }
  return { actual: Float64Array.from(all), expected, epsilon: bytes === 4 ? 2 ** -23 : 2 ** -52 };
}

const tile = { rows: 4, vectors: 2, aRow: 17, aStep: 1, bStep: 9, cRow: 20, run: 11, begin: "zero" } as const satisfies MicroKernelOptions;
const once = { segments: 1, aSegment: 0, bSegment: 0, run: 11, overwrites: true };

const calls: Readonly<Record<string, Call>> = {
  "one run, overwriting": { options: tile, ...once },
  "adding to what is there": { options: { ...tile, begin: "load" }, ...once, overwrites: false },
  "overwriting as told": { options: { ...tile, begin: "given" }, ...once },
  "adding as told": { options: { ...tile, begin: "given" }, ...once, overwrites: false },
  "a last vector of one column": { options: { ...tile, lastLanes: 1 }, ...once },
  "a single short row": { options: { ...tile, rows: 1, vectors: 1, lastLanes: 1 }, ...once },
  "columns of A": { options: { ...tile, aRow: 1, aStep: 6, rows: 6 }, ...once },
  "fewer terms than are unrolled": { options: { ...tile, run: 3, unroll: 8 }, ...once, run: 3 },
  "exactly one turn": { options: { ...tile, run: 8, unroll: 8 }, ...once, run: 8 },
  "turns without a rest": { options: { ...tile, run: 8, unroll: 2 }, ...once, run: 8 },
  "several segments": { options: { ...tile, run: 5 }, ...once, run: 5, segments: 3, aSegment: 100, bSegment: 60 },
  "segments that overlap in A": { options: { ...tile, run: 5, aRow: 3 }, ...once, run: 5, segments: 2, aSegment: 7, bSegment: 60 },
  "a run given at run time": { options: { ...tile, run: "given", unroll: 4 }, ...once, run: 12 },
  "a fence after every row": { options: { ...tile, fenceEvery: 1 }, ...once },
  "two wide rows": { options: { ...tile, rows: 2, vectors: 4 }, ...once },
};

describe.each([
  ["float32", false],
  ["float64", false],
  ["float32", true],
  ["float64", true],
] as const)("microKernel in %s, relaxed: %s", (precision, relaxed) => {
  it.skipIf(relaxed && !hasRelaxed).each(Object.entries(calls))("%s", (_, call) => {
    const { actual, expected, epsilon } = trial(precision, relaxed, call);
    const terms = call.segments * call.run + 2;
    actual.forEach((x, i) => {
      // Samples are below 1, so every product is, and every partial sum of n terms is below n.
      const allowed = i < 2 * LENGTH ? 0 : terms * terms * epsilon;
      expect(Math.abs(x - expected[i]!), `entry ${i - 2 * LENGTH} of C`).toBeLessThanOrEqual(allowed);
    });
  });
});
