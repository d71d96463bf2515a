import * as fc from "fast-check";
import type { Backend, Contraction, ConvGeometry } from "../backend.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { count, flat, indicesOf } from "./multi-index.js";
import { verifyTrilinear } from "./trilinear.js";
import { values } from "./values.js";

const perAxis = fc.record({
  size: fc.integer({ min: 0, max: 7 }),
  kernel: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
});

const geometries: fc.Arbitrary<ConvGeometry> = fc
  .record({
    examples: fc.integer({ min: 0, max: 3 }),
    axes: fc.array(perAxis, { minLength: 1, maxLength: 3 }),
    groups: fc.integer({ min: 1, max: 6 }),
    inPerGroup: fc.integer({ min: 1, max: 3 }),
    outPerGroup: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ examples, axes, groups, inPerGroup, outPerGroup }) => ({
    examples,
    grid: axes.map((axis) => axis.size),
    kernel: axes.map((axis) => axis.kernel),
    stride: axes.map((axis) => axis.stride),
    dilation: axes.map((axis) => axis.dilation),
    groups,
    channelsIn: groups * inPerGroup,
    channelsOut: groups * outPerGroup,
  }));

/** Networks' usual layers: many examples, many channels, one channel, depthwise, pointwise. */
const layers = fc.constantFrom<ConvGeometry>(
  { examples: 3, grid: [14, 13], kernel: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 1, channelsIn: 9, channelsOut: 17 },
  { examples: 2, grid: [20, 20], kernel: [5, 5], stride: [1, 1], dilation: [1, 1], groups: 1, channelsIn: 1, channelsOut: 8 },
  { examples: 2, grid: [12, 12], kernel: [3, 3], stride: [2, 2], dilation: [1, 1], groups: 1, channelsIn: 5, channelsOut: 3 },
  { examples: 2, grid: [12, 12], kernel: [3, 3], stride: [1, 1], dilation: [1, 1], groups: 10, channelsIn: 10, channelsOut: 10 },
  { examples: 2, grid: [9, 9], kernel: [1, 1], stride: [1, 1], dilation: [1, 1], groups: 1, channelsIn: 21, channelsOut: 10 },
  { examples: 1, grid: [300], kernel: [4], stride: [1], dilation: [3], groups: 1, channelsIn: 1, channelsOut: 1 },
);

function outGridOf({ grid, kernel, stride, dilation }: ConvGeometry): number[] {
  // Counted, not computed: the starts from which the whole dilated kernel still fits.
  return grid.map((size, a) => {
    let starts = 0;
    while (stride[a]! * starts + dilation[a]! * (kernel[a]! - 1) < size) starts++;
    return starts;
  });
}

/** Visits every product θ·y·z of the trilinear form by its three places. */
function forEachProduct(geometry: ConvGeometry, visit: (theta: number, y: number, z: number) => void): void {
  const { examples, grid, kernel, stride, dilation, groups, channelsIn, channelsOut } = geometry;
  const outGrid = outGridOf(geometry);
  const inPerGroup = channelsIn / groups;
  const taps = indicesOf([...kernel, inPerGroup]);
  for (const [e, ...i] of indicesOf([examples, ...outGrid])) {
    for (const tap of taps) {
      const c = tap.at(-1)!;
      const cell = i.map((at, a) => stride[a]! * at + dilation[a]! * (kernel[a]! - 1 - tap[a]!));
      const theta = flat([...kernel, inPerGroup], tap) * channelsOut;
      const y = flat([examples, ...grid], [e!, ...cell]) * channelsIn;
      const z = flat([examples, ...outGrid], [e!, ...i]) * channelsOut;
      for (let o = 0; o < channelsOut; o++) visit(theta + o, y + inPerGroup * Math.floor(o / (channelsOut / groups)) + c, z + o);
    }
  }
}

interface Lengths {
  readonly theta: number;
  readonly y: number;
  readonly z: number;
}

function lengthsOf(geometry: ConvGeometry): Lengths {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  return {
    theta: count(kernel) * (channelsIn / groups) * channelsOut,
    y: examples * count(grid) * channelsIn,
    z: examples * count(outGridOf(geometry)) * channelsOut,
  };
}

function convolveNaively(which: Contraction, geometry: ConvGeometry, a: readonly number[], b: readonly number[]): number[] {
  const lengths = lengthsOf(geometry);
  const out = new Array<number>(which === "apply" ? lengths.z : which === "applyTranspose" ? lengths.y : lengths.theta).fill(0);
  forEachProduct(geometry, (theta, y, z) => {
    if (which === "apply") out[z]! += a[theta]! * b[y]!;
    else if (which === "applyTranspose") out[y]! += a[theta]! * b[z]!;
    else out[theta]! += a[y]! * b[z]!;
  });
  return out;
}

async function verifyConvolve(backend: Backend, which: Contraction, geometry: ConvGeometry, seed: number): Promise<void> {
  const { theta, y, z } = lengthsOf(geometry);
  const [first, second] = which === "apply" ? [theta, y] : which === "applyTranspose" ? [theta, z] : [y, z];
  const terms = which === "jacobianTranspose" ? z / geometry.channelsOut : theta;
  await verifyKernel(backend, {
    what: `convolve ${which} ${JSON.stringify(geometry)}`,
    inputs: [values(first, seed), values(second, seed + 1)].map((x, i) => (i === (which === "apply" ? 1 : 0) ? bordered(x, geometry) : x)),
    run: ([a, b]) => backend.convolve(which, geometry, a!, b!),
    expected: ([a, b]) => convolveNaively(which, geometry, a!, b!),
    tolerance: 4 * (1 + terms),
  });
}

/** y with 0 in the lines of which the geometry says so. */
function bordered(y: readonly number[], { grid, channelsIn, zeroLines }: ConvGeometry): readonly number[] {
  if (!zeroLines) return y;
  const [size, length] = [grid.at(-2)!, grid.at(-1)! * channelsIn];
  return y.map((x, i) => {
    const line = Math.floor(i / length) % size;
    return line < zeroLines[0] || line >= size - zeroLines[1] ? 0 : x;
  });
}

const contractions = fc.constantFrom<Contraction>("apply", "applyTranspose", "jacobianTranspose");

/** `convolve` is the valid convolution (not the correlation) with stride, dilation and groups, in all three contractions. */
export const convolveLaws: readonly BackendLaw[] = [
  backendLawOf(
    "convolve: any geometry",
    fc.record({ which: contractions, geometry: geometries, seed: fc.nat() }),
    (backend, { which, geometry, seed }) => verifyConvolve(backend, which, geometry, seed),
    200,
  ),
  backendLawOf(
    "convolve: lines said to be 0, which are, change nothing",
    fc.record({
      which: fc.constantFrom<Contraction>("apply", "jacobianTranspose"),
      geometry: geometries.filter(({ grid }) => grid.length > 1),
      lines: fc.tuple(fc.nat(3), fc.nat(3)),
      seed: fc.nat(),
    }),
    (backend, { which, geometry, lines, seed }) => {
      const size = geometry.grid.at(-2)!;
      const before = Math.min(lines[0], size);
      const zeroLines = [before, Math.min(lines[1], size - before)] as const;
      return verifyConvolve(backend, which, { ...geometry, zeroLines }, seed);
    },
  ),
  backendLawOf(
    "convolve: layers of usual sizes",
    fc.record({ which: contractions, geometry: layers, seed: fc.nat() }),
    (backend, { which, geometry, seed }) => verifyConvolve(backend, which, geometry, seed),
    18,
  ),
  backendLawOf(
    "convolve: its three contractions agree",
    fc.record({ geometry: geometries, seed: fc.nat() }),
    (backend, { geometry, seed }) => {
      const { theta, y, z } = lengthsOf(geometry);
      const inputs = [values(theta, seed), values(y, seed + 1), values(z, seed + 2)] as const;
      return verifyTrilinear(backend, `convolve ${JSON.stringify(geometry)}`, z * theta, inputs, (which, a, b) =>
        backend.convolve(which, geometry, a, b),
      );
    },
  ),
];
