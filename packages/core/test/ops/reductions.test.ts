import { type Backend, cpu } from "@paramat/backends";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grad, hvp, mul, ndarray, type ReduceOptions, type Shape, ShapeError, sizeOf, sum, type Value } from "../../src/index.js";
import { groups } from "./groups.js";
import { type ReductionCase, reductionCases } from "./reduction-cases.js";

const double = cpu("float64");
const single = cpu("float32");

interface Sample {
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly values: readonly number[];
}

/** Shapes with sizes 0 … 3, axes in any order, some counted from the end; every group has the entries that f needs. */
function samples(least: number, sizes: readonly number[] = [0, 1, 2, 3]): fc.Arbitrary<Sample> {
  return fc
    .array(fc.constantFrom(...sizes), { maxLength: 3 })
    .chain((shape) => fc.tuple(fc.constant(shape), fc.shuffledSubarray(shape.map((_, axis) => axis)), fc.boolean()))
    .filter(([shape, axes]) => sizeOf(axes.map((axis) => shape[axis] as number)) >= least)
    .chain(([shape, axes, fromEnd]) =>
      fc.record({
        shape: fc.constant(shape),
        axes: fc.constant(fromEnd ? axes.map((axis) => axis - shape.length) : axes),
        values: fc.array(
          fc.integer({ min: -250, max: 250 }).map((k) => (k + 0.5) / 100),
          { minLength: sizeOf(shape), maxLength: sizeOf(shape) },
        ),
      }),
    );
}

function expected({ reference }: ReductionCase, { shape, axes, values }: Sample): readonly number[] {
  return groups(
    values,
    shape,
    axes.map((axis) => (axis + shape.length) % shape.length),
  ).map(reference);
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((found[i] as number) - value), `entry ${i}: ${found[i]} for ${value}`).toBeLessThanOrEqual(
      tolerance * (1 + Math.abs(value)),
    );
  });
}

const on = (backend: Backend, { values, shape }: Sample) => ndarray(backend, values, shape);

describe.each(reductionCases)("$name", (reduction) => {
  const { f, least, apart = () => [] } = reduction;

  test("reduces each group as the definition has it, over any axes of any shape", () => {
    fc.assert(
      fc.property(samples(least), fc.boolean(), (sample, keepAxes) => {
        const { shape, axes } = sample;
        const gone = axes.map((axis) => (axis + shape.length) % shape.length);
        const z = f(on(double, sample), { axes, keepAxes });
        expect(z.shape).toEqual(
          keepAxes ? shape.map((n, axis) => (gone.includes(axis) ? 1 : n)) : shape.filter((_, axis) => !gone.includes(axis)),
        );
        expectClose(z.toArray(), expected(reduction, sample), 400 * double.epsilon);
      }),
    );
  });

  test("reduces everything unless told otherwise, and one axis named by a number", () => {
    const x = ndarray(double, [
      [1.5, -2, 3.25],
      [0.5, 4, -1],
    ]);
    const all: ReduceOptions[] = [{}, { axes: [0, 1] }];
    expect(all.map((options) => f(x, options).item())).toEqual([f(x).item(), f(x).item()]);
    expectClose([f(x).item()], expected(reduction, { shape: [2, 3], axes: [0, 1], values: [...x.toArray()] }), 64 * double.epsilon);
    expect(f(x, { axes: 1 }).toNested()).toEqual(f(x, { axes: [-1] }).toNested());
  });

  test("has the gradient and the Hessian that differences show", () => {
    fc.assert(
      fc.property(
        samples(least, [1, 2, 3]).filter((s) => sizeOf(s.shape) <= 8),
        (sample) => {
          const { shape, values, axes } = sample;
          const whole = shape.map((_, axis) => axis);
          fc.pre(minGap(apart(values)) > 0.02);
          // Weights tell the results apart; the reference weighs the groups likewise.
          const weigh = (z: Value) =>
            sum(
              mul(
                z,
                ndarray(
                  double,
                  Float64Array.from({ length: z.size }, (_, i) => i + 1),
                  z.shape,
                ),
              ),
            );
          const scalar = (x: Value) => weigh(f(x, { axes }));
          const gradient = grad(scalar);
          const at = (y: readonly number[]) => ndarray(double, y, shape);
          const reference = (y: readonly number[]) => expected(reduction, { ...sample, values: y }).reduce((a, z, i) => a + (i + 1) * z, 0);
          const slopes = gradient(at(values)).toArray();
          expectClose(
            slopes,
            values.map((_, j) => difference(reference, values, j)),
            1e-6,
          );
          const direction = values.map((_, i) => Math.cos(3 * i));
          const alongDirection = (y: readonly number[]) =>
            groups(gradient(at(y)).toArray(), shape, whole)
              .flat()
              .reduce((a, g, i) => a + g * (direction[i] as number), 0);
          const curved = hvp(scalar, at(values), at(direction)).toArray();
          expectClose(
            curved,
            values.map((_, j) => difference(alongDirection, values, j)),
            1e-6,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test("in float32 is what float64 gives, to its own rounding", () => {
    fc.assert(
      fc.property(samples(least), (sample) => {
        const rounded = { ...sample, values: sample.values.map(Math.fround) };
        const options = { axes: sample.axes };
        expectClose(f(on(single, rounded), options).toArray(), [...f(on(double, rounded), options).toArray()], 64 * single.epsilon);
      }),
      { numRuns: 30 },
    );
  });

  test("lets a NaN through", () => {
    expect(f(ndarray(double, [1, NaN, 2])).item()).toBeNaN();
  });

  test("refuses axes that are not there, and axes named twice", () => {
    const x = ndarray(double, [[1, 2]]);
    expect(() => f(x, { axes: 2 })).toThrow(/axis 2 is outside an array of 2 axes; it must be an integer in -2 … 1/);
    expect(() => f(x, { axes: [0, -2] })).toThrow(/axis 0 is named twice in \[0, -2\]; name each axis once/);
  });
});

test.each(reductionCases.filter(({ least }) => least > 0))("$name refuses an axis without entries", ({ name, f }) => {
  expect(() => f(ndarray(double, [], [2, 0]), { axes: 1 })).toThrow(
    new ShapeError(`${name.split(",")[0]}: axis 1 of [2, 0] has no entries; every axis reduced over must have at least 1`),
  );
  expect(f(ndarray(double, [], [0, 3]), { axes: 1 }).shape).toEqual([0]);
});

function minGap(points: readonly number[]): number {
  const sorted = points.toSorted((a, b) => a - b);
  return Math.min(...sorted.slice(1).map((p, i) => p - (sorted[i] as number)), Number.POSITIVE_INFINITY);
}

/** ∂f/∂xⱼ by the central difference of fourth order, its step far smaller than the 0.005 to the nearest kink. */
function difference(f: (x: readonly number[]) => number, x: readonly number[], j: number): number {
  const h = 2 ** -11;
  const moved = (steps: number) => f(x.with(j, (x[j] as number) + steps * h));
  return (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * h);
}
