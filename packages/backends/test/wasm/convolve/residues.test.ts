import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { residuesOf } from "../../../src/wasm/convolve/residues.js";

describe("residuesOf", () => {
  it("finds each (position, tap, entry) with stride · i + dilation · t = p once", () => {
    const sizes = fc.record({
      size: fc.integer({ min: 1, max: 20 }),
      kernel: fc.integer({ min: 1, max: 6 }),
      stride: fc.integer({ min: 1, max: 6 }),
      dilation: fc.integer({ min: 1, max: 6 }),
    });
    fc.assert(
      fc.property(sizes, ({ size, kernel, stride, dilation }) => {
        const found: string[] = [];
        for (const { residue, count, taps, first, step, shift, spacing } of residuesOf(size, kernel, stride, dilation)) {
          for (let q = 0; q < count; q++) {
            for (let u = 0; u < taps; u++) found.push([stride * q + residue, first + u * step, q - shift - u * spacing].join());
          }
        }
        const wanted: string[] = [];
        for (let p = 0; p < size; p++) {
          for (let t = 0; t < kernel; t++) {
            // Entries before the first one count too: they lie among the zeros.
            if ((p - dilation * t) % stride === 0) wanted.push([p, t, (p - dilation * t) / stride].join());
          }
        }
        expect(found.toSorted()).toEqual(wanted.toSorted());
      }),
    );
  });

  it("stride 2, kernel 3: even positions meet taps 0 and 2, odd ones tap 1", () => {
    const [even, odd] = residuesOf(9, 3, 2, 1);
    expect([even!.count, even!.taps, even!.first, even!.step]).toEqual([5, 2, 0, 2]);
    expect([odd!.count, odd!.taps, odd!.first]).toEqual([4, 1, 1]);
  });
});
