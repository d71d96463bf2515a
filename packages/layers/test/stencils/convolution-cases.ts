import { fc } from "@fast-check/vitest";
import { boundaries } from "@paramat/core";

/** Grids of one to three axes with a kernel, a boundary on each axis, channels, groups and a stride. */
export function convolutionCases(options: { readonly minWidth: number; readonly oddOnly?: boolean }) {
  const width = fc.integer({ min: options.minWidth, max: 4 }).map((w) => (options.oddOnly && w % 2 === 0 ? w + 1 : w));
  return fc.integer({ min: 1, max: 3 }).chain((dims) =>
    fc.record({
      grid: fc.array(fc.integer({ min: 2, max: dims === 3 ? 3 : 5 }), { minLength: dims, maxLength: dims }),
      kernel: fc.array(dims === 3 ? width.map((w) => Math.min(w, 3)) : width, { minLength: dims, maxLength: dims }),
      boundary: fc.array(fc.constantFrom(...boundaries), { minLength: dims, maxLength: dims }),
      perGroup: fc.integer({ min: 1, max: 2 }),
      outPerGroup: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      stride: fc.integer({ min: 1, max: 2 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );
}

export type ConvolutionCase = ReturnType<typeof convolutionCases> extends import("@fast-check/vitest").fc.Arbitrary<infer T> ? T : never;

/** What `convolution` takes for a case. */
export function settingOf(c: ConvolutionCase) {
  const options = { channels: c.outPerGroup * c.groups, kernel: c.kernel, boundary: c.boundary, stride: c.stride, groups: c.groups };
  return { inShape: [...c.grid, c.perGroup * c.groups], options };
}
