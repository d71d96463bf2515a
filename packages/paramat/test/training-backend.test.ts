import { wasm } from "@paramat/backends/wasm";
import { afterEach, expect, test, vi } from "vitest";
import { add, array, defaultBackend, ndarray, toBackend, trainingBackend } from "../src/index.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("is WASM in float32 on one thread, the same each time, where the engine has SIMD", () => {
  const backend = trainingBackend();
  expect(backend).toBe(wasm());
  expect(backend.executedOn).toMatch(/^wasm-float32, 1 thread, (relaxed )?SIMD$/);
  expect(add(ndarray(backend, [1, 2]), 1).toNested()).toEqual([2, 3]);
});

test("takes a precision and threads", () => {
  const backend = trainingBackend({ precision: "float64", threads: 2 });
  expect(backend).toBe(wasm({ precision: "float64", threads: 2 }));
  expect(backend.executedOn).toMatch(/^wasm-float64, 2 threads, /);
  expect(() => trainingBackend({ threads: 99 })).toThrow("wasm: threads is 99; it must be a whole number from 1 to 32");
});

test("is the CPU in the same precision where there is no WebAssembly", () => {
  vi.stubGlobal("WebAssembly", undefined);
  expect(trainingBackend().name).toBe("cpu-float32");
  expect(trainingBackend({ precision: "float64" })).toBe(defaultBackend);
});

test("arrays of `array` are elsewhere, and move there by toBackend alone", () => {
  const x = array([1, 2]);
  expect(x.backend).toBe(defaultBackend);
  expect(() => add(x, ndarray(trainingBackend(), [1, 2]))).toThrow("cpu-float64");
  expect(toBackend(x, trainingBackend()).backend).toBe(trainingBackend());
});
