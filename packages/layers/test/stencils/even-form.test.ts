import { fc, test as property } from "@fast-check/vitest";
import { ndarray, norm, sub } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type convolution, doublySymmetricConvolution, tiedConvolution } from "../../src/index.js";
import { applyBlocks } from "../../src/structure/index.js";
import { backend, random } from "../fourier/random.js";

const cases = fc.integer({ min: 1, max: 3 }).chain((dims) =>
  fc.record({
    grid: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: dims, maxLength: dims }),
    kernel: fc.array(fc.constantFrom(1, 3, 5), { minLength: dims, maxLength: dims }),
    groups: fc.integer({ min: 1, max: 2 }),
    channels: fc.integer({ min: 1, max: 2 }),
    seed: fc.nat(1e6),
  }),
);

describe("doubly symmetric stencils with symmetric boundary", () => {
  property.prop([cases], { numRuns: 30 })("are diagonal in cosines, channels aside", ({ grid, kernel, groups, channels, seed }) => {
    const options = { channels: channels * groups, kernel, boundary: "symmetric", groups } as const;
    const K = doublySymmetricConvolution([...grid, 2 * groups], options);
    const form = K.blockForm!;
    expect(form.isReal).toBe(true);
    const [eta, y] = [random(seed, K.thetaShape), random(seed + 1, [2, ...K.inShape])];
    const want = K.apply(eta, y);
    expect(norm(sub(applyBlocks(form, eta, y), want)).item()).toBeLessThan(1e-12 * (1 + norm(want).item()));
  });

  test("the Laplacian [−1, 2, −1] on 4 points has the eigenvalues 2 − 2 cos(πk/4)", () => {
    const K = doublySymmetricConvolution([4, 1], { channels: 1, kernel: 3, boundary: "symmetric" });
    const blocks = K.blockForm!.blocks(ndarray(backend, [-1, 2], [2, 1, 1])).toArray();
    [0, 2 - Math.SQRT2, 2, 2 + Math.SQRT2].forEach((want, k) => {
      expect(blocks[k]).toBeCloseTo(want, 14);
    });
  });

  test("there is no cosine form for another boundary, a stride, a width without a middle, or stencils that are not even", () => {
    const formOf = (options: Partial<Parameters<typeof convolution>[1]>) =>
      doublySymmetricConvolution([6, 1], { channels: 1, kernel: 3, boundary: "symmetric", ...options }).blockForm;
    expect(formOf({})?.isReal).toBe(true);
    expect(formOf({ boundary: "zero" })).toBeUndefined();
    expect(formOf({ boundary: "periodic" })?.isReal).toBe(false);
    expect(formOf({ stride: 2 })).toBeUndefined();
    expect(formOf({ kernel: 2 })).toBeUndefined();
    const uneven = tiedConvolution("uneven", [6, 1], { channels: 1, kernel: 3, boundary: "symmetric" }, () => ({ basis: [[1, 2, 3]] }));
    expect(uneven.blockForm).toBeUndefined();
  });
});
