import type { View } from "@paramat/backends";
import { mul, ndarray } from "paramat";
import { type GpuBackend, type GpuMode, gpu } from "paramat/gpu";

/** What comes of reads while other things go on. */
export interface GpuReads {
  readonly mode: GpuMode;
  /** 42, whose array is freed and whose kernel is forgotten while the read waits for the device. */
  readonly forgotten: string;
  /** Of 120 reads at once, each of an array that is freed before its numbers are there: those with wrong numbers. */
  readonly wrong: number;
  /** Of a read that waits while its backend is destroyed. */
  readonly destroyed: string;
}

export async function gpuReadsInPage(): Promise<readonly GpuReads[]> {
  const found: GpuReads[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) {
    const backend = await gpu({ mode });
    const forgotten = await readOfForgotten(backend);
    const wrong = await wrongOfMany(backend);
    const waiting = outcome(ndarray(backend, [1, 2]).read());
    await backend.destroy();
    found.push({ mode, forgotten, wrong, destroyed: await waiting });
  }
  return found;
}

/** Uploads of new lengths make the driver forget kernels of earlier ones; the products keep the device busy meanwhile. */
async function readOfForgotten(backend: GpuBackend): Promise<string> {
  const n = 300;
  const region = backend.region();
  const matrix = region.run(() => backend.upload(new Float32Array(n * n).fill(1 / n)));
  const view = (buffer: View["buffer"]): View => ({ buffer, offset: 0, strides: [n, 1] });
  region.run(() => {
    let product = matrix;
    for (let k = 0; k < 4; k++) product = backend.contract({ batch: [], m: n, n, k: n }, view(product), view(matrix));
  });
  const read = { text: Promise.resolve("") };
  backend.scope(() => {
    read.text = outcome(backend.read(backend.upload([42])));
  });
  backend.scope(() => {
    for (let length = 2; length < 70; length++) backend.upload(new Float32Array(length));
  });
  const text = await read.text;
  region.keepOnly([]);
  return text;
}

async function wrongOfMany(backend: GpuBackend): Promise<number> {
  const reads: Promise<Float64Array>[] = [];
  for (let k = 0; k < 120; k++) {
    backend.scope(() => {
      const x = ndarray(
        backend,
        Float32Array.from({ length: 50 + (k % 3) }, (_, i) => i + k),
      );
      reads.push(mul(x, 2).read());
    });
  }
  const numbers = await Promise.all(reads);
  return numbers.filter((row, k) => row.length !== 50 + (k % 3) || row.some((value, i) => value !== 2 * (i + k))).length;
}

function outcome(read: Promise<ArrayLike<number>>): Promise<string> {
  return read.then(
    (values) => Array.from(values).join(),
    (error: unknown) => `${(error as Error).name}: ${(error as Error).message}`,
  );
}
