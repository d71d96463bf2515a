import type { ConvGeometry, View } from "../backend.js";
import { call, input } from "../expr.js";
import type { Driver } from "./driver.js";
import type { GpuBackend } from "./gpu-backend.js";
import { functionsUsed } from "./kernel-functions.js";
import { kernelSource } from "./kernel-source.js";
import { integer } from "./launch.js";

interface Device {
  readonly backend: GpuBackend;
  readonly driver: Driver;
}

/** Something that devices or their compilers are known to get wrong: a small computation, and what must come out. */
interface Probe {
  /** What is said of a device that fails. */
  readonly fault: string;
  readonly expected: readonly number[];
  /** How far results may be from that, in units of the last place; default 0. */
  readonly ulps?: number;
  run(device: Device): Promise<Iterable<number>>;
}

/** What is wrong with the numbers of a device, or undefined if nothing is found. */
export async function canary(backend: GpuBackend, driver: Driver): Promise<string | undefined> {
  for (const { fault, expected, ulps = 0, run } of probes) {
    const found = [...(await run({ backend, driver }))];
    if (found.length === expected.length && found.every((value, i) => isNear(value, expected[i]!, ulps))) continue;
    return `this device ${fault}: it gives ${listed(found)} in place of ${listed(expected)}`;
  }
  return undefined;
}

/** At which functions are tried: float32 numbers. */
const functionArguments = [2 ** -12, 0.75, 30, 80].map(Math.fround);

const largest = (2 - 2 ** -23) * 2 ** 127;
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 2 ** -126, largest, 1 + 2 ** -23];

/** Two grids of 3 × 3 seen through a stencil of 2 × 2, whose entries come last first. */
const geometry: ConvGeometry = {
  examples: 2,
  grid: [3, 3],
  kernel: [2, 2],
  stride: [1, 1],
  dilation: [1, 1],
  groups: 1,
  channelsIn: 1,
  channelsOut: 1,
};

const probes: readonly Probe[] = [
  {
    fault: "does not keep numbers as they are",
    expected: special,
    run: ({ driver }) => resultOf(driver, "return a0[i];", special.length, [special]),
  },
  {
    fault: "cuts loops short",
    expected: [3000],
    run: ({ driver }) =>
      resultOf(
        driver,
        `${integer("most", "whole(a0[0])")} let sum = a0[1]; for (let k = 0; k < most; k++) { sum += a0[2]; } return sum;`,
        1,
        [[3000, 0, 1]],
      ),
  },
  {
    fault: "has no exact positions beyond 2^24",
    expected: [9, 12, 15],
    run: ({ driver }) =>
      resultOf(driver, `${integer("far", "(i + 16777216) * 3 + 1")} ${integer("near", "far - 50331640")} return near + a0[0];`, 3, [[0]]),
  },
  {
    fault: "divides integers wrongly",
    expected: [0, 1, 1],
    run: ({ driver }) =>
      resultOf(driver, `${integer("third", "quotient(i + 50331647, 3)")} ${integer("near", "third - 16777215")} return near + a0[0];`, 3, [
        [0],
      ]),
  },
  {
    fault: "writes over results that are still needed",
    expected: [1, 10, 100],
    async run({ driver }) {
      const kernel = driver.compile(kernelSource(["a0"], "return a0[i];"), [], 1);
      const handles = [1, 10, 100].map((value) => {
        const operand = driver.upload(Float32Array.of(value));
        const handle = driver.launch(kernel, [operand]);
        driver.free(operand);
        return handle;
      });
      const found = await Promise.all(handles.map((handle) => driver.read(handle)));
      for (const handle of handles) driver.free(handle);
      driver.freeKernel(kernel);
      return found.map(([value]) => value!);
    },
  },
  {
    fault: "computes wrong elementwise",
    expected: [Number.NaN, Number.POSITIVE_INFINITY, 2.5, -1, Number.NaN],
    run: ({ backend }) =>
      readAll(backend, (view) =>
        backend.map(
          call("max", call("add", input(0), 1), input(1)),
          [5],
          [view([Number.NaN, 3, 1.5, -2, 0]), view([1, Number.POSITIVE_INFINITY, -4, -2, Number.NaN])],
        ),
      ),
  },
  {
    // Compilers for graphics may take float32 for real numbers, and put sums in another order or take NaN for equal to itself.
    fault: "takes NaN for a number",
    expected: [1, 0, 0, 7],
    run: ({ backend }) =>
      readAll(backend, (view) =>
        backend.map(
          call("select", call("ne", input(0), input(0)), input(1), call("eq", input(0), call("abs", input(0)))),
          [4],
          [view([Number.NaN, -1, Number.NEGATIVE_INFINITY, Number.NaN]), view([1, 2, 3, 7])],
        ),
      ),
  },
  ...(["exp", "log1p", "tanh", "sin"] as const).map(
    (op): Probe => ({
      fault: `computes ${op} wrongly`,
      expected: functionArguments.map((x) => Math.fround(Math[op](x))),
      ulps: 16,
      run: ({ backend }) =>
        readAll(backend, (view) => backend.map(call(op, input(0)), [functionArguments.length], [view(functionArguments)])),
    }),
  ),
  {
    fault: "multiplies matrices wrongly",
    expected: [2500, 7500],
    run: ({ backend }) =>
      readAll(backend, (view) =>
        backend.contract({ batch: [], m: 1, n: 2, k: 5000 }, { ...view([0.5]), strides: [0, 0] }, { ...view([1, 3]), strides: [0, 1] }),
      ),
  },
  {
    fault: "convolves wrongly",
    expected: [43, 53, 73, 83, 133, 143, 163, 173],
    run: ({ backend }) =>
      readAll(backend, (view) =>
        backend.convolve("apply", geometry, view([1, 2, 3, 4]).buffer, view(Array.from({ length: 18 }, (_, i) => i + 3)).buffer),
      ),
  },
];

/** What a kernel gives that reads these operands. */
async function resultOf(driver: Driver, body: string, length: number, operands: readonly (readonly number[])[]): Promise<Float32Array> {
  const source = kernelSource(
    operands.map((_, k) => `a${k}`),
    body,
  );
  const kernel = driver.compile(source, functionsUsed(source), length);
  const handles = operands.map((values) => driver.upload(Float32Array.from(values)));
  const result = driver.launch(kernel, handles);
  for (const handle of handles) driver.free(handle);
  try {
    return await driver.read(result);
  } finally {
    driver.free(result);
    driver.freeKernel(kernel);
  }
}

/** What a kernel of the backend gives. */
function readAll(backend: GpuBackend, run: (view: (values: readonly number[]) => View) => View["buffer"]): Promise<Iterable<number>> {
  const region = backend.region();
  const result = region.run(() => run((values) => ({ buffer: backend.upload(values), offset: 0, strides: [1] })));
  return backend.read(result).finally(() => region.keepOnly([]));
}

function isNear(found: number, expected: number, ulps: number): boolean {
  return Object.is(found, expected) || (ulps > 0 && Math.abs(found - expected) <= ulps * 2 ** -23 * Math.abs(expected));
}

function listed(values: readonly number[]): string {
  return `[${values.map((value) => (Object.is(value, -0) ? "-0" : String(value))).join(", ")}]`;
}
