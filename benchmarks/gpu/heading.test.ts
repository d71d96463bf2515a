import { expect, test } from "vitest";
import { heading, isSoftware } from "./heading.js";

const swiftShader = "gpu webgl2 on ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)";
const card = "gpu webgl2 on ANGLE (NVIDIA Corporation, NVIDIA GeForce RTX 3060/PCIe/SSE2, OpenGL 4.5.0)";

test.each([
  swiftShader,
  "gpu webgpu on google swiftshader",
  "gpu webgl2 on ANGLE (Mesa, llvmpipe (LLVM 15.0.6, 256 bits), OpenGL 4.5)",
  "gpu webgl2 on ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11)",
])("%s is a program", (name) => expect(isSoftware(name)).toBe(true));

test.each([card, "gpu webgpu on apple metal-3", "gpu webgpu on intel gen-12lp", "gpu webgpu"])("%s is not known to be one", (name) =>
  expect(isSoftware(name)).toBe(false),
);

test("figures of a software renderer are said to say nothing about graphics cards, and of which modes", () => {
  const said = heading("some processor", [
    { mode: "cpu", executedOn: "cpu-float32", read: 0 },
    { mode: "webgl2", executedOn: swiftShader, read: 0.7 },
    { mode: "webgpu", executedOn: "gpu webgpu on nvidia ampere", read: 0.1 },
  ]);
  expect(said).toMatch(/^webgl2: A SOFTWARE RENDERER\..*say nothing about graphics cards/m);
  expect(said).toContain(`webgl2     ${swiftShader}; reading one number takes 0.70 ms`);
});

test("of a card nothing of the kind is said", () => {
  const said = heading("some processor", [{ mode: "webgl2", executedOn: card, read: 0.7 }]);
  expect(said.split("\n")).toHaveLength(2);
});

test("a device without a name may be a program, and a mode that cannot be used says why", () => {
  const said = heading("some processor", [
    { mode: "webgpu", executedOn: "gpu webgpu", read: 0.1 },
    { mode: "webgl2", reason: "gpu: there is no WebGL 2 here" },
  ]);
  expect(said).toContain("webgpu: the browser does not tell what it is");
  expect(said).toContain("webgl2     NOT MEASURED: gpu: there is no WebGL 2 here");
});
