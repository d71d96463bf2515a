/**
 * Width and height of the texture in which gpu.js keeps the `length` numbers of a result: nearly square, with as little left over as may be. Kernels are
 * compiled for the sizes of what they read, so what is uploaded must lie in textures of the same sizes. Source: `closestSquareDimensions` of gpu.js.
 */
export function textureSize(length: number): readonly [width: number, height: number] {
  const root = Math.sqrt(length);
  let [high, low] = [Math.ceil(root), Math.floor(root)];
  while (high * low < length) {
    high--;
    low = Math.ceil(length / high);
  }
  return [low, Math.ceil(length / low)];
}

/** The most numbers of which every smaller count has a texture no wider or higher than `most`: nearly square, one side may be longer than the root by one. */
export function mostInTexture(most: number): number {
  return (most - 1) ** 2;
}
