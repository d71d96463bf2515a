import gpujs from "gpu.js";
import { expect, test } from "vitest";
import { mostInTexture, textureSize } from "../../src/gpu/texture-size.js";

const { utils } = gpujs as unknown as {
  readonly utils: { getKernelTextureSize(settings: object, output: readonly number[]): ArrayLike<number> };
};

test("is what gpu.js gives a result of that length", () => {
  const lengths = [...Array.from({ length: 2000 }, (_, i) => i + 1), 65_537, 2 ** 20 - 3, 2 ** 24 + 64, 8191 ** 2];
  for (const length of lengths) {
    const theirs = utils.getKernelTextureSize({ optimizeFloatMemory: false, precision: "single" }, [length]);
    expect([length, ...textureSize(length)]).toEqual([length, ...Array.from(theirs)]);
  }
});

test.each([16, 64, 257])("all that may lie in textures of side %s does", (most) => {
  const lengths = Array.from({ length: mostInTexture(most) }, (_, i) => i + 1);
  const misfits = lengths.filter((length) => {
    const [width, height] = textureSize(length);
    return width * height < length || Math.max(width, height) > most;
  });
  expect(misfits).toEqual([]);
  expect(Math.max(...textureSize(most ** 2 - 5))).toBeGreaterThan(most);
});
