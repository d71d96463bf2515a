import { describe, expect, test, vi } from "vitest";
import { BackendError } from "../src/errors.js";
import { gpu, gpuModes } from "../src/gpu.js";

// What it does where there is a GPU is tested in browsers. Here, in Node, there is at most headless-gl.
describe("gpu in Node", () => {
  test("webgpu and webgl2 are not there, which is said with what to do", async () => {
    await expect(gpu({ mode: "webgl2" })).rejects.toThrow(
      /^gpu: the mode webgl2 cannot be used: there is no WebGL 2 here: .* wasm\(\) and cpu\(\) need no GPU$/,
    );
    await expect(gpu({ mode: "webgpu" })).rejects.toThrow(/^gpu: the mode webgpu cannot be used: there is no WebGPU here: /);
    await expect(gpu({ mode: "webgpu" })).rejects.toBeInstanceOf(BackendError);
  });

  test("a mode that does not exist is refused, modes of gpu.js for processors among them", async () => {
    const wrong = gpu({ mode: "cpu" as "webgpu" });
    await expect(wrong).rejects.toThrow('gpu: mode is "cpu"; it must be one of "webgpu", "webgl2", "headlessgl"');
    await expect(wrong).rejects.toBeInstanceOf(RangeError);
  });

  test("without gpu.js it says what to install", async () => {
    vi.doMock("gpu.js", () => {
      throw new Error("Cannot find package");
    });
    try {
      await expect(gpu()).rejects.toThrow("gpu: the package gpu.js cannot be loaded; install it: npm install gpu.js");
    } finally {
      vi.doUnmock("gpu.js");
    }
  });

  test("modes are tried from the newest", () => {
    expect(gpuModes).toEqual(["webgpu", "webgl2", "headlessgl"]);
  });
});
