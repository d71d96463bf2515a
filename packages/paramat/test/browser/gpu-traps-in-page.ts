import type { View } from "@paramat/backends";
import { call, input } from "@paramat/backends";
import { type GpuBackend, type GpuMode, gpu } from "paramat/gpu";

/** What a device makes of what gpu.js, shaders and float32 get wrong where no care is taken. Numbers are told as text: JSON has no NaN, ∞ and −0. */
export interface GpuTraps {
  readonly mode: GpuMode;
  /** After a way to the device, through a kernel and back. */
  readonly special: readonly string[];
  /** A sum of 5000 halves in a matrix product; the last of 3000 cumulative sums of 1; the sum of 100,000 ones. */
  readonly longLoops: readonly number[];
  /** 72 entries around place 2²⁴ of a result of 2²⁴ + 64, forwards and backwards. */
  readonly farPlaces: readonly (readonly number[])[];
  readonly farIndex: string;
  readonly tooLarge: string;
  /** Of one kernel, run on three operands, read at the end. */
  readonly heldResults: readonly number[];
  readonly bytesAfter: number;
}

export const special: readonly number[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  -0,
  0,
  2 ** -126,
  16777216,
  -16777215,
];

export async function gpuTrapsInPage(): Promise<readonly GpuTraps[]> {
  const found: GpuTraps[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) {
    const backend = await gpu({ mode });
    found.push(await trapsOf(backend, mode));
    await backend.destroy();
  }
  return found;
}

async function trapsOf(backend: GpuBackend, mode: GpuMode): Promise<GpuTraps> {
  const whole = (values: ArrayLike<number>, strides: readonly number[] = [1]): View => ({
    buffer: backend.upload(values),
    offset: 0,
    strides,
  });
  const numbers = async (buffer: View["buffer"]): Promise<number[]> => Array.from(await backend.read(buffer));
  const region = backend.region();
  const kept = await numbers(region.run(() => backend.map(input(0), [special.length], [whole(special)])));
  const loops = region.run(() => [
    backend.contract({ batch: [], m: 1, n: 1, k: 5000 }, whole([0.5], [0, 0]), whole([1], [0, 0])),
    backend.scan(1, 3000, 1, false, backend.upload(new Float32Array(3000).fill(1))),
    backend.reduce("sum", [100_000], [0], backend.upload(new Float32Array(100_000).fill(1))),
  ]);
  const longLoops: number[] = [];
  for (const buffer of loops) longLoops.push((await numbers(buffer)).at(-1)!);

  const rows = 2 ** 18 + 1;
  const far = region.run(() =>
    backend.scope(() => {
      const i = whole(
        Float32Array.from({ length: rows }, (_, row) => row % 1000),
        [1, 0],
      );
      const j = whole(
        Float32Array.from({ length: 64 }, (_, column) => column / 64),
        [0, 1],
      );
      const buffer = backend.map(call("add", input(0), input(1)), [rows, 64], [i, j]);
      return [
        backend.map(input(0), [72], [{ buffer, offset: 2 ** 24 - 8, strides: [1] }]),
        backend.map(input(0), [72], [{ buffer, offset: 2 ** 24 + 63, strides: [-1] }]),
      ];
    }),
  );
  const farPlaces: number[][] = [];
  for (const buffer of far) farPlaces.push(await numbers(buffer));

  const held = region.run(() => [1, 10, 100].map((value) => backend.map(call("add", input(0), 1), [1], [whole([value])])));
  const heldResults: number[] = [];
  for (const buffer of held) heldResults.push((await numbers(buffer))[0]!);
  const result: GpuTraps = {
    mode,
    special: kept.map((value) => (Object.is(value, -0) ? "-0" : String(value))),
    longLoops,
    farPlaces,
    farIndex: messageOf(() => backend.uploadIndex([2 ** 24 + 1])),
    tooLarge: messageOf(() => backend.map(input(0), [2 ** 20, 2 ** 10], [whole([1], [0, 0])])),
    heldResults,
    bytesAfter: 0,
  };
  region.keepOnly([]);
  await numbers(backend.upload([1]));
  return { ...result, bytesAfter: backend.activity().bytes };
}

function messageOf(body: () => unknown): string {
  try {
    body();
    return "nothing was said";
  } catch (error) {
    return (error as Error).message;
  }
}
