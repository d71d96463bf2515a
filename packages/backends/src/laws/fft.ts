import * as fc from "fast-check";
import type { Shape } from "../backend.js";
import { agree, norm } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { count, flat, indicesOf } from "./multi-index.js";
import { stored, values } from "./values.js";

const lengths = [...Array.from({ length: 40 }, (_, i) => i + 1), 64, 100, 127, 243, 1000];

const shapeAndAxes = fc
  .array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 })
  .chain((shape) =>
    fc.record({ shape: fc.constant(shape), axes: fc.subarray(shape.map((_, axis) => axis)), inverse: fc.boolean(), seed: fc.nat() }),
  );

/** One axis at a time, each entry summed from the definition; the angle is reduced mod n in whole numbers. */
function transformNaively(shape: Shape, axes: readonly number[], inverse: boolean, planes: readonly number[]): number[] {
  const size = count(shape);
  return axes.reduce<number[]>(
    (from, axis) => {
      const n = shape[axis]!;
      const out = new Array<number>(2 * size).fill(0);
      for (const index of indicesOf(shape)) {
        const to = flat(shape, index);
        for (let j = 0; j < n; j++) {
          const angle = ((inverse ? 2 : -2) * Math.PI * ((j * index[axis]!) % n)) / n;
          const at = flat(shape, index.with(axis, j));
          const [re, im] = [from[at]!, from[size + at]!];
          out[to]! += re * Math.cos(angle) - im * Math.sin(angle);
          out[size + to]! += re * Math.sin(angle) + im * Math.cos(angle);
        }
      }
      return inverse ? out.map((value) => value / n) : out;
    },
    [...planes],
  );
}

/** `fft` is the discrete Fourier transform of every length over any axes; the inverse undoes it. */
export const fftLaws: readonly BackendLaw[] = [
  {
    name: "fft: the definition, at every length to 40 and some beyond",
    // The lengths are listed, not drawn: each has a plan of its own to get wrong.
    check: async (backend, { seed = 1 } = {}) => {
      for (const n of lengths) {
        for (const inverse of [false, true]) {
          await verifyKernel(backend, {
            what: `fft${inverse ? " inverse" : ""} of length ${n} (seed ${seed})`,
            inputs: [values(2 * n, seed + n)],
            run: ([x]) => backend.fft([n], [0], inverse, x!),
            expected: ([x]) => transformNaively([n], [0], inverse, x!),
            tolerance: inverse ? 16 : 4 * (4 + Math.sqrt(n) * Math.log2(2 * n)),
          });
        }
      }
    },
  },
  backendLawOf("fft: over any axes", shapeAndAxes, async (backend, { shape, axes, inverse, seed }) => {
    await verifyKernel(backend, {
      what: `fft${inverse ? " inverse" : ""} of [${shape.join(", ")}] over [${axes.join(", ")}]`,
      inputs: [values(2 * count(shape), seed)],
      run: ([x]) => backend.fft(shape, axes, inverse, x!),
      expected: ([x]) => transformNaively(shape, axes, inverse, x!),
      tolerance: 16 * (1 + count(shape)),
    });
  }),
  backendLawOf(
    "fft: the inverse undoes the transform, and Parseval",
    fc.record({ shape: fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 2 }), seed: fc.nat() }),
    async (backend, { shape, seed }) => {
      const what = `fft of [${shape.join(", ")}]`;
      const x = stored(backend, values(2 * count(shape), seed));
      const axes = shape.map((_, axis) => axis);
      const image = backend.fft(shape, axes, false, backend.upload(x));
      const allowed = 16 * backend.epsilon * (4 + Math.log2(count(shape)));
      agree(`${what}, inverse after forward`, await backend.read(backend.fft(shape, axes, true, image)), x, 4 * allowed);
      const scaled = norm(await backend.read(image)) / Math.sqrt(count(shape));
      agree(`${what}, ‖F x‖/√n beside ‖x‖`, [scaled], [norm(x)], allowed * norm(x));
    },
  ),
];
