import { expect, test } from "vitest";
import { chromiumFlags } from "./chromium-flags.js";
import { readOptions } from "./options.js";

test("all modes, and as many threads as there are cores, but not more than 8", () => {
  expect(readOptions([], 4).modes).toEqual(["cpu", "wasm-1t", "wasm-4t", "webgl2", "webgpu"]);
  expect(readOptions([], 64).modes).toContain("wasm-8t");
  expect(readOptions([], 1).modes).toEqual(["cpu", "wasm-1t", "webgl2", "webgpu"]);
});

test("options", () => {
  const args = [
    "--only",
    "W1,W6",
    "--modes",
    "webgpu,wasm-3t",
    "--rounds",
    "3",
    "--real-gpu",
    "--angle",
    "gl",
    "--chromium",
    "/x",
    "--json",
  ];
  expect(readOptions(args, 2)).toEqual({
    only: ["W1", "W6"],
    modes: ["webgpu", "wasm-3t"],
    rounds: 3,
    realGpu: true,
    angle: "gl",
    chromium: "/x",
    json: true,
    headed: false,
    quick: false,
  });
  expect(readOptions(["--quick"], 2).rounds).toBe(2);
  expect(readOptions([], 2, { CHROMIUM: "/y" }).chromium).toBe("/y");
});

test.each([
  [["--modes", "cpu,gpu"], /gpu is not known; there are cpu, wasm-1t to wasm-32t, webgl2 and webgpu/],
  [["--modes", "wasm-33t"], /wasm-33t is not known/],
  [["--rounds", "0"], /--rounds is 0; it must be a whole number from 1 on/],
  [["--angle", "gl"], /--angle gl .*goes with --real-gpu/],
  [["--fast"], /bench:gpu: Unknown option '--fast'/],
])("%j is refused", (args, message) => {
  expect(() => readOptions(args, 2)).toThrow(RangeError);
  expect(() => readOptions(args, 2)).toThrow(message);
});

test("with a real GPU nothing of the software renderer is asked for or left on", () => {
  const { args, without } = chromiumFlags({ realGpu: true, angle: undefined }, "linux");
  expect(args.filter((flag) => /swiftshader/i.test(flag))).toEqual([]);
  expect(args).toEqual(expect.arrayContaining(["--use-angle=vulkan", "--enable-features=Vulkan", "--disable-software-rasterizer"]));
  expect(without).toEqual(["--enable-unsafe-swiftshader"]);
  expect(chromiumFlags({ realGpu: true, angle: "gl" }, "linux").args).toContain("--use-angle=gl");
  expect(chromiumFlags({ realGpu: true, angle: undefined }, "darwin").args.join()).not.toMatch(/angle|Vulkan/);
});

test("without, both modes are told to take the software renderer", () => {
  const { args } = chromiumFlags({ realGpu: false, angle: undefined }, "linux");
  expect(args).toEqual(expect.arrayContaining(["--use-angle=swiftshader", "--use-webgpu-adapter=swiftshader"]));
});
