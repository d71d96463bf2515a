import * as fc from "fast-check";
import { input } from "../expr.js";
import { dot } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { layoutOf } from "./layout.js";
import { count, indicesOf, strided } from "./multi-index.js";
import { stored, values } from "./values.js";

const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 });

/** `place` adds parts into zeros and is the transpose of reading through views. */
export const placeLaws: readonly BackendLaw[] = [
  backendLawOf(
    "place: parts through any view, overlaps add",
    fc.record({ shapes: fc.array(sizes, { maxLength: 3 }), seed: fc.nat() }),
    async (backend, drawn) => {
      const { shapes, seed } = drawn;
      const from = shapes.map((shape, i) => layoutOf(shape, seed + i));
      const to = shapes.map((shape, i) => layoutOf(shape, seed + 50 + i));
      const length = Math.max(1, ...to.map((layout) => layout.length));
      await verifyKernel(backend, {
        what: `place ${JSON.stringify({ shapes, from, to })} into [${length}]`,
        inputs: from.map((layout, i) => values(layout.length, seed + 100 + i)),
        run: (buffers) => {
          const parts = shapes.map((shape, i) => {
            const source = { buffer: buffers[i]!, offset: from[i]!.offset, strides: from[i]!.strides };
            return { source, shape, offset: to[i]!.offset, strides: to[i]!.strides };
          });
          return backend.place([length], parts);
        },
        expected: (numbers) => {
          const out = new Array<number>(length).fill(0);
          shapes.forEach((shape, i) => {
            for (const index of indicesOf(shape)) {
              out[strided(to[i]!.offset, to[i]!.strides, index)]! += numbers[i]![strided(from[i]!.offset, from[i]!.strides, index)]!;
            }
          });
          return out;
        },
        tolerance: 8 * (1 + shapes.reduce((sum, shape) => sum + count(shape), 0)),
      });
    },
    120,
  ),
  backendLawOf(
    "place: transpose of reading through a view",
    fc.record({ shape: sizes, seed: fc.nat() }),
    async (backend, { shape, seed }) => {
      const layout = layoutOf(shape, seed);
      const x = stored(backend, values(layout.length, seed + 1));
      const z = stored(backend, values(count(shape), seed + 2));
      const { offset, strides } = layout;
      const [xBuffer, zBuffer] = [backend.upload(x), backend.upload(z)];
      const seen = await backend.read(backend.map(input(0), shape, [{ buffer: xBuffer, offset, strides }]));
      const contiguous = shape.map((_, a) => count(shape.slice(a + 1)));
      const placed = await backend.read(
        backend.place([layout.length], [{ source: { buffer: zBuffer, offset: 0, strides: contiguous }, shape, offset, strides }]),
      );
      const allowed = 8 * backend.epsilon * (1 + z.length);
      if (!(Math.abs(dot(z, seen) - dot(placed, x)) <= allowed)) {
        throw new Error(
          `place [${shape.join(", ")}] ${JSON.stringify(layout)}: ⟨z, read x⟩ = ${dot(z, seen)}, ⟨place z, x⟩ = ${dot(placed, x)}`,
        );
      }
    },
  ),
];
