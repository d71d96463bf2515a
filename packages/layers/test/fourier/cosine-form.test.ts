import { fc, test as property } from "@fast-check/vitest";
import { add, flip, ndarray, norm, sub, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, cosineForm } from "../../src/index.js";
import { applyBlocks, applyBlocksTranspose } from "../../src/structure/index.js";
import { backend, random } from "./random.js";

describe("cosineForm", () => {
  const cases = fc.integer({ min: 1, max: 3 }).chain((dims) =>
    fc.record({
      grid: fc.array(fc.integer({ min: 1, max: dims === 1 ? 9 : 4 }), { minLength: dims, maxLength: dims }),
      kernel: fc.array(fc.constantFrom(1, 3, 5), { minLength: dims, maxLength: dims }),
      dilation: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      cin: fc.integer({ min: 1, max: 2 }),
      cout: fc.integer({ min: 1, max: 3 }),
      seed: fc.nat(1e6),
    }),
  );

  property.prop([cases], { numRuns: 40 })("is the convolution of a symmetric stencil with symmetric boundary", (c) => {
    const inShape = [...c.grid, c.groups * c.cin];
    const K = convolution(inShape, {
      channels: c.groups * c.cout,
      kernel: c.kernel,
      boundary: "symmetric",
      dilation: c.dilation,
      groups: c.groups,
    });
    // θ plus its reflections in each axis is symmetric.
    const theta = c.kernel.reduce<Value>((x, _, a) => add(x, flip(x, a)), random(c.seed, K.thetaShape));
    const shape = { grid: c.grid, groups: c.groups, channelsIn: c.cin, channelsOut: c.cout };
    const form = cosineForm(shape, { kernel: c.kernel, dilation: c.kernel.map(() => c.dilation) }, (t) => t);
    const y = random(c.seed + 1, [2, ...inShape]);
    const z = random(c.seed + 2, [2, ...K.outShape]);
    const scale = 1 + norm(theta).item() * norm(y).item();
    expect(norm(sub(applyBlocks(form, theta, y), K.apply(theta, y))).item()).toBeLessThan(1e-12 * scale);
    expect(norm(sub(applyBlocksTranspose(form, theta, z), K.applyTranspose(theta, z))).item()).toBeLessThan(
      1e-12 * (1 + scale * norm(z).item()),
    );
  });

  test("[1, −2, 1] has the eigenvalues 2 cos(πk/n) − 2", () => {
    const form = cosineForm({ grid: [5], groups: 1, channelsIn: 1, channelsOut: 1 }, { kernel: [3], dilation: [1] }, (t) => t);
    const blocks = form.blocks(ndarray(backend, [1, -2, 1], [3, 1, 1])).toArray();
    for (let k = 0; k < 5; k++) expect(blocks[k]).toBeCloseTo(2 * Math.cos((Math.PI * k) / 5) - 2, 14);
    expect(Array.from(blocks.slice(5))).toEqual([0, 0, 0, 0, 0]);
  });

  test("refuses a stencil between points", () => {
    expect(() => cosineForm({ grid: [5], groups: 1, channelsIn: 1, channelsOut: 1 }, { kernel: [2], dilation: [1] }, (t) => t)).toThrow(
      "cosineForm: a stencil of [2] with dilation [1] is not about a point of the grid; take odd widths",
    );
  });
});
