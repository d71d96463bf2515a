import { describe, expect, test } from "vitest";
import type { Backend, FusedKernels } from "../../src/backend.js";
import { numEntries, rowMajorStrides } from "../../src/cpu/offsets.js";
import { cpu } from "../../src/cpu.js";
import { constant } from "../../src/expr.js";
import { fusedLaws } from "../../src/laws/fused.js";

const sound = cpu();

/** The parts, one after the other. */
const parts: FusedKernels = {
  mapReduce: (kind, f, shape, axes, inputs) => sound.reduce(kind, shape, axes, sound.map(f, shape, inputs)),
  mapArgmaxWindows: (geometry, f, inputs) =>
    sound.argmaxWindows(geometry, sound.map(f, [geometry.examples, ...geometry.grid, geometry.channels], inputs)),
  realFft: noTransforms,
  realFilter: noTransforms,
};

function noTransforms(): never {
  throw new Error("these laws ask for no transform");
}

const withFused = (fused: FusedKernels): Backend => ({ ...sound, fused });

describe.each(fusedLaws)("$name", (law) => {
  test("holds where there are no fused kernels, and where they are the parts", async () => {
    await law.check(sound, { seed: 1 });
    await law.check(withFused(parts), { seed: 1 });
  });
});

describe("planted faults are noticed", () => {
  const faults: readonly (readonly [string, number, Partial<FusedKernels>])[] = [
    [
      "the formula is left out",
      0,
      { mapReduce: (kind, _, shape, axes, inputs) => parts.mapReduce(kind, { kind: "input", index: 0 }, shape, axes, inputs) },
    ],
    ["every reduction is a sum", 0, { mapReduce: (_, f, shape, axes, inputs) => parts.mapReduce("sum", f, shape, axes, inputs) }],
    [
      "views are read as if contiguous",
      0,
      {
        mapReduce: (kind, f, shape, axes, inputs) => {
          const fits = inputs.every(({ buffer }) => buffer.length >= numEntries(shape));
          const plain = inputs.map(({ buffer }) => ({ buffer, offset: 0, strides: rowMajorStrides(shape) }));
          return parts.mapReduce(kind, f, shape, axes, fits ? plain : inputs);
        },
      },
    ],
    ["windows of a constant", 1, { mapArgmaxWindows: (geometry, _, inputs) => parts.mapArgmaxWindows(geometry, constant(0), inputs) }],
  ];
  test.each(faults)("%s", async (_, at, fault) => {
    await expect(fusedLaws[at]!.check(withFused({ ...parts, ...fault }), { seed: 7 })).rejects.toThrow(/ must (be|have) /);
  });
});
