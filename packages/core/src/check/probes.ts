import type { Rng } from "../rng.js";
import type { Tree } from "../tree.js";
import type { FlatFunction } from "./flat-function.js";
import { normals } from "./vectors.js";

/** A direction in which a derivative is tried. */
export interface Probe {
  readonly d: Float64Array;
  /** A rule is asked for J (factor·d) / factor: a power of two, so that nothing is rounded. */
  readonly factor: number;
  /** The entry, if it is a single one. */
  readonly position: number | null;
}

/** Single entries (all, or a sample shared evenly among the leaves), then a random direction in each leaf, then some in all of x; in units of x. */
export function probes<X extends Tree>(f: FlatFunction<X>, stream: Rng, directions: number, entries: number): Probe[] {
  const factor = () => 2 ** (stream.int(7) - 3);
  const quota = f.numIn <= entries ? f.numIn : Math.max(2, Math.floor(entries / f.inputs.length));
  const single = f.inputs.flatMap(({ start, size }) => {
    const chosen = size <= quota ? Array.from({ length: size }, (_, i) => i) : sample(stream, size, quota);
    return chosen.map((i): Probe => {
      const d = new Float64Array(f.numIn);
      d[start + i] = f.unit[start + i] as number;
      return { d, factor: factor(), position: start + i };
    });
  });
  const inLeaves = f.inputs.filter(({ size }) => size > 1).map(({ start, size }) => direction(f, stream, start, start + size));
  const inAll = f.inputs.length > 1 ? Array.from({ length: directions }, () => direction(f, stream, 0, f.numIn)) : [];
  return [...single, ...[...inLeaves, ...inAll].map((d) => ({ d, factor: factor(), position: null }))];
}

/** Random normal numbers in the units of x, between two positions. */
export function direction<X extends Tree>(f: FlatFunction<X>, stream: Rng, from = 0, to = f.numIn): Float64Array {
  return normals(stream, f.numIn).map((r, i) => (i >= from && i < to ? r * (f.unit[i] as number) : 0));
}

function sample(stream: Rng, size: number, count: number): number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(stream.int(size));
  return [...chosen].sort((a, b) => a - b);
}
