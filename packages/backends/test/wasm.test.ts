import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test, vi } from "vitest";
import { call, input } from "../src/expr.js";
import { type WasmOptions, wasm } from "../src/wasm.js";

const contiguous = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });

test("the same options give the same backend", () => {
  expect(wasm()).toBe(wasm({ precision: "float32", threads: 1 }));
  expect(wasm({ precision: "float64" })).not.toBe(wasm());
});

test("backends say what they are and run on", () => {
  const [one, two] = [wasm(), wasm({ precision: "float64", threads: 2 })];
  expect([one.name, one.precision, one.epsilon, one.threads]).toEqual(["wasm-float32", "float32", 2 ** -23, 1]);
  expect([two.name, two.precision, two.epsilon, two.threads]).toEqual(["wasm-float64, 2 threads", "float64", 2 ** -52, 2]);
  expect(one.executedOn).toMatch(/^wasm-float32, 1 thread, (relaxed )?SIMD$/);
  expect(two.executedOn).toMatch(/^wasm-float64, 2 threads, (relaxed )?SIMD$/);
});

test.each([
  [{ precision: "float16" }, 'wasm: precision is float16; it must be "float32" or "float64"'],
  [{ threads: 0 }, "wasm: threads is 0; it must be a whole number from 1 to 32"],
  [{ threads: 1.5 }, "wasm: threads is 1.5; it must be a whole number from 1 to 32"],
  [{ maxMemory: 1000 }, "wasm: maxMemory is 1000 bytes; it must be from 65536 (64 KiB) to 4294901760 (4 GiB − 64 KiB)"],
  [{ maxMemory: Number.NaN }, "wasm: maxMemory is NaN bytes; it must be from 65536 (64 KiB) to 4294901760 (4 GiB − 64 KiB)"],
])("%j is refused", (options, message) => {
  expect(() => wasm(options as WasmOptions)).toThrow(new RangeError(message));
});

test("without SIMD the error says what would do", () => {
  const validate = vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
  try {
    expect(() => wasm()).toThrow(/^wasm: this engine has no WebAssembly SIMD; use .*, or cpu\(\)$/);
  } finally {
    validate.mockRestore();
  }
});

test("a page that is not isolated gets one thread, and is told why", () => {
  vi.stubGlobal("crossOriginIsolated", false);
  try {
    const backend = wasm({ threads: 2, maxMemory: 2 ** 20 });
    expect([backend.name, backend.threads, backend.threadsRunning()]).toEqual(["wasm-float32", 1, 1]);
    expect(backend.executedOn).toContain(
      "wasm-float32, 1 thread (2 were asked for; memory cannot be shared: the page is not cross-origin isolated), ",
    );
  } finally {
    vi.unstubAllGlobals();
  }
});

test("10,000 steps inside scopes leave memory as it was", () => {
  const backend = wasm({ maxMemory: 2 ** 22 });
  const x = backend.upload(Float32Array.from({ length: 1000 }, (_, i) => i));
  const step = (): void => {
    const y = backend.map(call("mul", 2, input(0)), [1000], [contiguous(x)]);
    backend.readSync(backend.reduce("sum", [1000], [0], y));
  };
  backend.scope(step);
  const before = backend.memoryInUse();
  for (let i = 0; i < 10_000; i++) backend.scope(step);
  expect(backend.memoryInUse()).toEqual(before);
});

test("a buffer that a scope has freed is not read as something else", () => {
  const backend = wasm();
  let lost = backend.upload([1]);
  backend.scope(() => {
    lost = backend.upload([1, 2, 3]);
  });
  expect(() => backend.map(input(0), [3], [contiguous(lost)])).toThrow(/a buffer of 3 numbers was freed when the scope ended/);
  expect(() => backend.readSync(lost)).toThrow(/a buffer of 3 numbers was freed/);
});

test("a process with idle workers ends by itself", async () => {
  const program = `
    import { wasm } from "./wasm.ts";
    const backend = wasm({ threads: 2 });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 10));
    for (let turn = 0; turn < 500 && backend.threadsRunning() < 2; turn++) await wait();
    const x = backend.upload(new Float32Array(1 << 20).fill(1));
    const sum = backend.reduce("sum", [1 << 20], [0], x);
    console.log(backend.threadsRunning(), backend.readSync(sum)[0]);`;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(import.meta.dirname, "../src"), loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("file:///");' },
  });
  const running = promisify(execFile)(process.execPath, ["--input-type=module"], { timeout: 20_000 });
  running.child.stdin!.end(outputFiles[0]!.text);
  expect((await running).stdout).toBe(`2 ${2 ** 20}\n`);
});
