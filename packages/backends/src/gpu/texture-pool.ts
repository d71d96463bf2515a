/** A texture as WebGL knows it, with the count of references that gpu.js keeps on it. */
export interface RawTexture {
  _refs?: number;
}

/** Textures that nothing refers to any more, to be written again. */
export interface TexturePool {
  /** One of this size, if there is any. */
  take(width: number, height: number): RawTexture | undefined;
  give(texture: RawTexture, width: number, height: number): void;
  bytes(): number;
}

/** @param most bytes that are kept @param remove what becomes of a texture for which there is no room */
export function texturePool(most: number, remove: (texture: RawTexture) => void): TexturePool {
  const spare = new Map<string, RawTexture[]>();
  let kept = 0;
  return {
    take(width, height) {
      const found = spare.get(`${width}×${height}`)?.pop();
      if (found) kept -= 4 * width * height;
      return found;
    },
    give(texture, width, height) {
      const bytes = 4 * width * height;
      if (kept + bytes > most) {
        remove(texture);
        return;
      }
      kept += bytes;
      const key = `${width}×${height}`;
      const same = spare.get(key);
      if (same) same.push(texture);
      else spare.set(key, [texture]);
    },
    bytes: () => kept,
  };
}
