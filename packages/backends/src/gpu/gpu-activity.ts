import type { Engine } from "./engine.js";

/** What a GPU backend did, and what it holds. */
export interface GpuActivity {
  readonly launches: number;
  readonly uploads: number;
  readonly reads: number;
  /** Compiled for their code and shape, since the start. */
  readonly kernels: number;
  /** Arrays on the device that are not freed. */
  readonly buffers: number;
  /** Bytes on the device, textures that wait to be used again included. */
  readonly bytes: number;
  /** `412 launches of 38 kernels, 3 uploads, 1 read; 24 arrays, 1.2 MiB` */
  toString(): string;
}

export function gpuActivity({ counts, buffers, driver }: Engine): GpuActivity {
  const now = { ...counts, buffers: buffers.live(), bytes: driver.bytes() };
  const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : word.endsWith("ch") ? "es" : "s"}`;
  return {
    ...now,
    toString: () =>
      `${plural(now.launches, "launch")} of ${plural(now.kernels, "kernel")}, ${plural(now.uploads, "upload")}, ${plural(now.reads, "read")}; ` +
      `${plural(now.buffers, "array")}, ${(now.bytes / 2 ** 20).toFixed(1)} MiB`,
  };
}
