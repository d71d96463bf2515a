import * as fc from "fast-check";
import type { Shape } from "../backend.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { count, flat, indicesOf } from "./multi-index.js";
import { values } from "./values.js";

const cases = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc
    .record({
      shape: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: rank, maxLength: rank }),
      axes: fc.subarray(
        Array.from({ length: rank }, (_, axis) => axis),
        { minLength: 1 },
      ),
      length: fc.integer({ min: 2, max: 17 }),
      inverse: fc.boolean(),
      seed: fc.nat(),
    })
    .map(({ shape, length, ...rest }) => ({ ...rest, shape: shape.with(rest.axes.at(-1)!, length) })),
);

/** The last axis listed up to ⌊n/2⌋. */
function halfOf(shape: Shape, axes: readonly number[]): Shape {
  const last = axes.at(-1)!;
  return shape.with(last, Math.floor(shape[last]! / 2) + 1);
}

/** e^{∓2πi Σ_a j_a k_a / n_a}, as [cosine, sine]; entries that differ off the axes do not meet. */
function wave(shape: Shape, axes: readonly number[], j: readonly number[], k: readonly number[], sign: number): [number, number] {
  if (shape.some((_, axis) => !axes.includes(axis) && j[axis] !== k[axis])) return [0, 0];
  const turns = axes.reduce((sum, axis) => sum + ((j[axis]! * k[axis]!) % shape[axis]!) / shape[axis]!, 0);
  return [Math.cos(2 * Math.PI * turns), sign * Math.sin(2 * Math.PI * turns)];
}

function forward(shape: Shape, axes: readonly number[], x: readonly number[]): number[] {
  const half = halfOf(shape, axes);
  const out = new Array<number>(2 * count(half)).fill(0);
  for (const k of indicesOf(half)) {
    for (const j of indicesOf(shape)) {
      const [cosine, sine] = wave(shape, axes, j, k, -1);
      out[flat(half, k)]! += cosine * x[flat(shape, j)]!;
      out[count(half) + flat(half, k)]! += sine * x[flat(shape, j)]!;
    }
  }
  return out;
}

/** Frequencies of the half that are left out count as conjugates: all but 0 and n/2 of the last axis count twice, by their real part. */
function backward(shape: Shape, axes: readonly number[], planes: readonly number[]): number[] {
  const half = halfOf(shape, axes);
  const last = axes.at(-1)!;
  const scale = axes.reduce((product, axis) => product * shape[axis]!, 1);
  const out = new Array<number>(count(shape)).fill(0);
  for (const j of indicesOf(shape)) {
    for (const k of indicesOf(half)) {
      const [cosine, sine] = wave(shape, axes, j, k, 1);
      const weight = k[last] === 0 || 2 * k[last]! === shape[last] ? 1 : 2;
      out[flat(shape, j)]! += (weight * (cosine * planes[flat(half, k)]! - sine * planes[count(half) + flat(half, k)]!)) / scale;
    }
  }
  return out;
}

/** Each entry of axis 0 through `forward`, a complex product, and `backward`. */
function filtered(shape: Shape, axes: readonly number[], conjugate: boolean, x: readonly number[], spectrum: readonly number[]): number[] {
  const inside = shape.slice(1);
  const [size, half] = [count(inside), spectrum.length / 2];
  const within = axes.map((axis) => axis - 1);
  return Array.from({ length: shape[0]! }).flatMap((_, e) => {
    const wavesOf = forward(inside, within, x.slice(e * size, (e + 1) * size));
    const products = wavesOf.map((value, i) => {
      const [re, im] = [spectrum[i % half]!, (conjugate ? -1 : 1) * spectrum[half + (i % half)]!];
      return i < half ? value * re - wavesOf[i + half]! * im : value * re + wavesOf[i - half]! * im;
    });
    return backward(inside, within, products);
  });
}

/** `realFft` is half of the transform of a real array, and back, and `realFilter` a product between the two; they hold nothing of backends without them. */
export const realFftLaws: readonly BackendLaw[] = [
  backendLawOf("realFft: half of the definition, and back", cases, async (backend, { shape, axes, inverse, seed }) => {
    const { fused } = backend;
    if (!fused) return;
    await verifyKernel(backend, {
      what: `realFft${inverse ? " inverse" : ""} of [${shape.join(", ")}] over [${axes.join(", ")}]`,
      inputs: [values(inverse ? 2 * count(halfOf(shape, axes)) : count(shape), seed)],
      run: ([x]) => fused.realFft(shape, axes, inverse, x!),
      expected: ([x]) => (inverse ? backward : forward)(shape, axes, x!),
      tolerance: 16 * (1 + count(shape)),
    });
  }),
  backendLawOf(
    "realFilter: a product at each frequency, for each entry of axis 0",
    fc.record({ lead: fc.integer({ min: 0, max: 9 }), entry: cases }),
    async (backend, { lead, entry: { shape: inside, axes: within, inverse: conjugate, seed } }) => {
      const { fused } = backend;
      if (!fused) return;
      const [shape, axes] = [[lead, ...inside], within.map((axis) => axis + 1)];
      await verifyKernel(backend, {
        what: `realFilter${conjugate ? " by the conjugate" : ""} of [${shape.join(", ")}] over [${axes.join(", ")}]`,
        inputs: [values(count(shape), seed), values(2 * count(halfOf(inside, within)), seed + 1)],
        run: ([x, spectrum]) => fused.realFilter(shape, axes, conjugate, x!, spectrum!),
        expected: ([x, spectrum]) => filtered(shape, axes, conjugate, x!, spectrum!),
        tolerance: 32 * (1 + count(inside)),
      });
    },
    30,
  ),
];
