/** Textures, or buffers (of height 1), that nothing refers to any more: to be written again by whichever kernel needs their size next. */
export interface SparePool<T> {
  /** One of this size, if any waits. */
  take(width: number, height: number): T | undefined;
  give(spare: T, width: number, height: number): void;
  /** Of those that wait. */
  texels(): number;
}

/**
 * @param most texels that are kept; where there is no room, those that have waited longest go
 * @param remove what becomes of them
 */
export function sparePool<T>(most: number, remove: (spare: T, texels: number) => void): SparePool<T> {
  const waiting = new Map<string, T[]>();
  let kept = 0;
  const make = (room: number): void => {
    for (const [key, same] of waiting) {
      if (kept + room <= most) return;
      const texels = texelsOf(key);
      while (same.length > 0 && kept + room > most) {
        kept -= texels;
        remove(same.shift()!, texels);
      }
      if (same.length === 0) waiting.delete(key);
    }
  };
  return {
    take(width, height) {
      const key = `${width}×${height}`;
      const same = waiting.get(key);
      const found = same?.pop();
      if (same === undefined || found === undefined) return undefined;
      kept -= width * height;
      // Sizes are in the order of their last use.
      waiting.delete(key);
      if (same.length > 0) waiting.set(key, same);
      return found;
    },
    give(spare, width, height) {
      const texels = width * height;
      if (texels > most) {
        remove(spare, texels);
        return;
      }
      make(texels);
      kept += texels;
      const key = `${width}×${height}`;
      const same = waiting.get(key);
      if (same) same.push(spare);
      else waiting.set(key, [spare]);
    },
    texels: () => kept,
  };
}

function texelsOf(key: string): number {
  const [width, height] = key.split("×").map(Number);
  return width! * height!;
}
