import type { Buffer, IndexBuffer, Region } from "../backend.js";
import type { OpenScope } from "../buffers/buffer-store.js";
import type { OwnedBuffer } from "../buffers/owned-buffer.js";
import type { ReplayingBackend } from "../program/arena.js";
import { createArena } from "./arena.js";
import type { Engine } from "./engine.js";
import type { Launch } from "./kernel.js";
import { lowerings } from "./lowerings.js";

/** A backend whose kernels are WebAssembly, generated for each shape. */
export interface WasmBackend extends ReplayingBackend {
  /** For people, what its kernels run on: `wasm-float32, 2 threads, relaxed SIMD`. */
  readonly executedOn: string;
  /** Threads that work is cut for, this one included. */
  readonly threads: number;
  readSync(buffer: Buffer): Float64Array | Float32Array;
  unscoped<T>(body: () => T): T;
  /** A scope that ends with the block in which it is declared: `using scope = backend.openScope()`. Of what was made in it stays what `scope.keep(…)` was told of. */
  openScope(): OpenScope;
  region(): Region;
  memoryInUse(): MemoryInUse;
  /** Threads that have started, this one included; until all have, this one does their part. */
  threadsRunning(): number;
}

export interface MemoryInUse {
  /** In buffers, constants and working memory. */
  readonly bytes: number;
  /** Buffers that are not freed. */
  readonly buffers: number;
  /** What the memory has grown to; it never shrinks. */
  readonly reserved: number;
}

/** The backend that runs on `engine`. */
export function wasmBackend(engine: Engine, executedOn: string): WasmBackend {
  const { target, heap, buffers, run } = engine;
  const { precision, bytes } = target.numbers;
  const lower = lowerings(target);
  const fused = lower.fused!;
  const index = (launch: Launch): IndexBuffer => run(launch) as unknown as IndexBuffer;
  const readSync = (buffer: Buffer): Float64Array | Float32Array => {
    const from = (buffer as OwnedBuffer).address / bytes;
    const { f32, f64 } = heap.views();
    return (bytes === 4 ? f32 : f64).slice(from, from + buffer.length);
  };
  return {
    name: `wasm-${precision}${target.threads > 1 ? `, ${target.threads} threads` : ""}`,
    executedOn,
    threads: target.threads,
    precision,
    epsilon: precision === "float64" ? 2 ** -52 : 2 ** -23,
    upload(values) {
      const buffer = buffers.make(values.length, values.length * bytes, false);
      const { f32, f64 } = heap.views();
      (bytes === 4 ? f32 : f64).set(values, buffer.address / bytes);
      return buffer;
    },
    uploadIndex(values) {
      const buffer = buffers.make(values.length, values.length * 4, true);
      heap.views().i32.set(values, buffer.address / 4);
      return buffer as unknown as IndexBuffer;
    },
    read: async (buffer) => readSync(buffer),
    readSync,
    map: (f, shape, inputs) => run(lower.map(f, shape, inputs)),
    place: (shape, parts) => run(lower.place(shape, parts)),
    reduce: (kind, shape, axes, input) => run(lower.reduce(kind, shape, axes, input)),
    scan: (outer, size, inner, reverse, input) => run(lower.scan(outer, size, inner, reverse, input)),
    contract: (sizes, a, b) => run(lower.contract(sizes, a, b)),
    convolve: (which, geometry, a, b) => run(lower.convolve(which, geometry, a, b)),
    sparse: (which, pattern, examples, a, b) => run(lower.sparse(which, pattern, examples, a, b)),
    gather: (layout, input, positions) => run(lower.gather(layout, input, positions)),
    scatterAdd: (layout, input, positions) => run(lower.scatterAdd(layout, input, positions)),
    argmaxWindows: (geometry, input) => index(lower.argmaxWindows(geometry, input)),
    fft: (shape, axes, inverse, input) => run(lower.fft(shape, axes, inverse, input)),
    fused: {
      mapReduce: (kind, f, shape, axes, inputs) => run(fused.mapReduce(kind, f, shape, axes, inputs)),
      mapArgmaxWindows: (geometry, f, inputs) => index(fused.mapArgmaxWindows(geometry, f, inputs)),
      realFft: (shape, axes, inverse, input) => run(fused.realFft(shape, axes, inverse, input)),
      realFilter: (shape, axes, conjugate, input, spectrum) => run(fused.realFilter(shape, axes, conjugate, input, spectrum)),
    },
    scope: (body) => buffers.scope(body),
    openScope: () => buffers.openScope(),
    region: () => buffers.region(),
    unscoped: (body) => buffers.unscoped(body),
    retain(buffer) {
      (buffer as OwnedBuffer).isRetained = true;
    },
    arena: (plan) => createArena(engine, lower, plan),
    memoryInUse: () => ({ bytes: heap.inUse(), buffers: buffers.live(), reserved: heap.reserved() }),
    threadsRunning: () => 1 + engine.listening(),
  };
}
