import * as fc from "fast-check";
import type { Reduction, Shape } from "../backend.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { count, flat, indicesOf } from "./multi-index.js";
import { tiedValues, values } from "./values.js";

const shapeAndAxes = fc
  .array(fc.integer({ min: 0, max: 5 }), { maxLength: 5 })
  .chain((shape) => fc.record({ shape: fc.constant(shape), axes: fc.subarray(shape.map((_, axis) => axis)), seed: fc.nat() }));

const shapeAndAxis = fc
  .record({
    before: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 2 }),
    size: fc.integer({ min: 1, max: 9 }),
    after: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 2 }),
    seed: fc.nat(),
  })
  .map(({ before, size, after, seed }) => ({ shape: [...before, size, ...after], axes: [before.length], seed }));

function reduceNaively(kind: Reduction, shape: Shape, axes: readonly number[], numbers: readonly number[]): number[] {
  const kept = shape.filter((_, axis) => !axes.includes(axis));
  const groups: number[][] = Array.from({ length: count(kept) }, () => []);
  for (const index of indicesOf(shape)) {
    groups[
      flat(
        kept,
        index.filter((_, axis) => !axes.includes(axis)),
      )
    ]!.push(numbers[flat(shape, index)]!);
  }
  return groups.map((group) => {
    if (kind === "sum") return group.reduce((a, b) => a + b, 0);
    // Math.max() is −∞, Math.min() is +∞, and both give NaN if they meet one.
    if (kind === "max") return Math.max(...group);
    if (kind === "min") return Math.min(...group);
    const most = Math.max(...group);
    return group.findIndex((value) => Object.is(value, most) || value === most);
  });
}

function reduceLaw(kind: Reduction, cases: typeof shapeAndAxes, rarity: number, label: string): BackendLaw {
  return backendLawOf(
    `reduce: ${kind} ${label}`,
    cases,
    async (backend, { shape, axes, seed }) => {
      const size = count(shape);
      await verifyKernel(backend, {
        what: `reduce ${kind} of [${shape.join(", ")}] over [${axes.join(", ")}]`,
        inputs: [kind === "sum" ? values(size, seed) : tiedValues(size, seed, rarity)],
        run: ([x]) => backend.reduce(kind, shape, axes, x!),
        expected: ([x]) => reduceNaively(kind, shape, axes, x!),
        tolerance: kind === "sum" ? 4 * (1 + size) : 0,
      });
    },
    100,
  );
}

/** `reduce` over any axes, empty ones included; NaN wins; argmax takes the first. */
export const reduceLaws: readonly BackendLaw[] = [
  reduceLaw("sum", shapeAndAxes, Infinity, "over any axes"),
  reduceLaw("max", shapeAndAxes, 12, "over any axes, NaN wins"),
  reduceLaw("min", shapeAndAxes, 12, "over any axes, NaN wins"),
  reduceLaw("argmax", shapeAndAxis, Infinity, "takes the first maximum"),
  reduceLaw("argmax", shapeAndAxis, 6, "takes the first NaN"),
];
