import type { Buffer } from "../../src/backend.js";
import type { Launch, Target } from "../../src/wasm/kernel.js";
import { numbersOf } from "../../src/wasm/numbers.js";

/** A buffer for tests: its numbers or positions are what the launch reads. */
export interface TestBuffer extends Buffer {
  readonly values: ArrayLike<number>;
  readonly isIndex?: true;
}

export function testBuffer(values: ArrayLike<number>): TestBuffer {
  return { length: values.length, values };
}

export function testIndex(values: ArrayLike<number>): TestBuffer & { readonly isIndex: true } {
  return { length: values.length, values, isIndex: true };
}

export function testTarget(precision: "float32" | "float64", threads = 1, relaxed = false): Target {
  return { numbers: numbersOf(precision, relaxed), threads };
}

/**
 * The result of a launch, run in this thread: each phase once per part, parts in order. The memory is full of NaN-like rubbish at first, so a kernel that
 * leaves an entry unwritten or trusts scratch memory shows.
 */
export function runLaunch({ numbers, threads }: Target, launch: Launch): Float64Array {
  if (launch.length === 0) return new Float64Array(0);
  const kernel = launch.make();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  let top = 1024;
  const reserve = (bytes: number): number => {
    const at = top;
    top = (top + bytes + 64 + 63) & ~63;
    const missing = top - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536) + 1);
    new Uint8Array(memory.buffer, at, top - at).fill(0xff);
    return at;
  };
  const placed = new Map<unknown, number>();
  const place = (key: unknown, bytes: Uint8Array): number => {
    const known = placed.get(key);
    if (known !== undefined) return known;
    const at = reserve(bytes.length);
    new Uint8Array(memory.buffer).set(bytes, at);
    placed.set(key, at);
    return at;
  };
  const bytesOf = (array: Int32Array | Float32Array | Float64Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const floats = (values: ArrayLike<number>) => (numbers.bytes === 4 ? Float32Array.from(values) : Float64Array.from(values));
  const addresses = launch.operands.map((operand) => {
    if ("integers" in operand) return place(operand.integers, bytesOf(operand.integers));
    const buffer = operand.buffer as TestBuffer;
    const isIndex = buffer.isIndex === true;
    return (
      place(buffer, bytesOf(isIndex ? Int32Array.from(buffer.values) : floats(buffer.values))) +
      operand.offset * (isIndex ? 4 : numbers.bytes)
    );
  });
  const size = launch.isIndex ? 4 : numbers.bytes;
  const out = reserve(launch.length * size);
  const tables = kernel.tables ? place(kernel.tables, kernel.tables) : 0;
  const scratch = reserve(kernel.sharedBytes + threads * kernel.ownBytes);
  const module = new WebAssembly.Module(kernel.module.encode({ initial: 1, maximum: 65536, shared: false }));
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  const { exports } = new WebAssembly.Instance(module, imports);
  for (const { entry, units } of kernel.phases) {
    for (let t = 0; t < threads; t++) {
      const own = scratch + kernel.sharedBytes + t * kernel.ownBytes;
      const [from, to] = [Math.floor((t * units) / threads), Math.floor(((t + 1) * units) / threads)];
      (exports[entry] as (...args: number[]) => void)(...addresses, out, tables, scratch, own, from, to);
    }
  }
  const end = new Uint8Array(memory.buffer, out + launch.length * size, 64);
  if (!end.every((byte) => byte === 0xff)) throw new Error(`${launch.key}: wrote past the end of its result`);
  const result = launch.isIndex
    ? new Int32Array(memory.buffer, out, launch.length)
    : numbers.bytes === 4
      ? new Float32Array(memory.buffer, out, launch.length)
      : new Float64Array(memory.buffer, out, launch.length);
  return Float64Array.from(result);
}
