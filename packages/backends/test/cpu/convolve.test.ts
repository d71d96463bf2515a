import { expect, test } from "vitest";
import type { ConvGeometry } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const line: ConvGeometry = { examples: 1, grid: [4], kernel: [3], stride: [1], dilation: [1], groups: 1, channelsIn: 1, channelsOut: 1 };
const run = async (which: "apply" | "applyTranspose" | "jacobianTranspose", geometry: ConvGeometry, a: number[], b: number[]) => [
  ...(await backend.read(backend.convolve(which, geometry, backend.upload(a), backend.upload(b)))),
];

test("the kernel is flipped: z_i = θ₀ y_{i+2} + θ₁ y_{i+1} + θ₂ y_i", async () => {
  expect(await run("apply", line, [1, 10, 100], [1, 2, 3, 4])).toEqual([3 + 20 + 100, 4 + 30 + 200]);
});

test("the transpose spreads each z over the taps it came from", async () => {
  expect(await run("applyTranspose", line, [1, 10, 100], [1, 2])).toEqual([100, 10 + 200, 1 + 20, 2]);
});

test("the gradient of θ correlates z with y", async () => {
  expect(await run("jacobianTranspose", line, [1, 2, 3, 4], [1, 2])).toEqual([3 + 8, 2 + 6, 1 + 4]);
});

test("stride and dilation choose the cells", async () => {
  const geometry: ConvGeometry = { ...line, grid: [7], kernel: [2], stride: [2], dilation: [3] };
  expect(await run("apply", geometry, [1, 10], [1, 2, 3, 4, 5, 6, 7])).toEqual([4 + 10, 6 + 30]);
});

test("depthwise: each channel has a kernel of its own", async () => {
  const geometry: ConvGeometry = { ...line, grid: [2], kernel: [2], groups: 2, channelsIn: 2, channelsOut: 2 };
  expect(await run("apply", geometry, [1, 2, 10, 20], [1, 100, 2, 200])).toEqual([2 + 10, 400 + 2000]);
});

test("a kernel larger than the grid gives an empty z, and zeros for its transposes", async () => {
  const geometry: ConvGeometry = { ...line, grid: [2] };
  expect(await run("apply", geometry, [1, 1, 1], [1, 2])).toEqual([]);
  expect(await run("applyTranspose", geometry, [1, 1, 1], [])).toEqual([0, 0]);
  expect(await run("jacobianTranspose", geometry, [1, 2], [])).toEqual([0, 0, 0]);
});
