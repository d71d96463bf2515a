import { type Backend, cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grad, leaves, ndarray, sizeOf, slice, sum, type Value } from "../../src/index.js";
import { anyDouble, type BroadcastSample, broadcastSamples, ordinary, tuples } from "./broadcast-samples.js";
import { pointwiseCases } from "./pointwise-cases.js";

const double = cpu("float64");
const single = cpu("float32");

function argumentsOn(backend: Backend, sample: BroadcastSample): readonly Value[] {
  return sample.values.map((values, i) => ndarray(backend, values, sample.shapes[i]));
}

function expectClose(found: ArrayLike<number>, wanted: readonly number[], tolerance: number): void {
  expect(found.length).toBe(wanted.length);
  wanted.forEach((value, i) => {
    expect(Math.abs((found[i] as number) - value), `entry ${i}: ${found[i]} for ${value}`).toBeLessThanOrEqual(
      tolerance * (1 + Math.abs(value)),
    );
  });
}

/** ∂f/∂xⱼ by the central difference of fourth order, its step far smaller than the 0.05 to the nearest kink. */
function difference(f: (x: readonly number[]) => number, x: readonly number[], j: number): number {
  const h = 2 ** -11;
  const moved = (steps: number) => f(x.with(j, (x[j] as number) + steps * h));
  return (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * h);
}

describe.each(pointwiseCases)("$name", (pointwise) => {
  const { f, reference, literals, domain } = pointwise;

  test.each(literals)("of %d, %d …", (...numbers) => {
    const value = numbers.at(-1) as number;
    const found = f(...numbers.slice(0, -1).map((x) => ndarray(double, x))).item();
    if (Number.isFinite(value)) expectClose([found], [value], 4 * double.epsilon);
    else expect(found).toBe(value);
    expect(numbers.length).toBe(domain.length + 1);
  });

  test("is the formula at every entry, however the arguments broadcast", () => {
    fc.assert(
      fc.property(broadcastSamples(pointwise, 1e-6, 3, anyDouble), (sample) => {
        const z = f(...argumentsOn(double, sample));
        expect(z.shape).toEqual(sample.result);
        expectClose(
          z.toArray(),
          tuples(sample).map((args) => reference(...args)),
          64 * double.epsilon,
        );
      }),
    );
  });

  test("has the gradient and the Hessian that differences of its entries show", () => {
    const gradient = grad((x: readonly Value[]) => f(...x));
    fc.assert(
      fc.property(broadcastSamples(pointwise, 0.05, 0, ordinary), ({ values }) => {
        const x = values.flat();
        const scalars = x.map((entry) => ndarray(double, entry));
        const slopes = (y: readonly number[]) => gradient(y.map((entry) => ndarray(double, entry))).map((g) => g.item());
        const rows = x.map((_, i) => leaves(grad((y: readonly Value[]) => gradient(y)[i] as Value)(scalars)).map((h) => h.item()));
        x.forEach((_, j) => {
          expectClose([slopes(x)[j] as number], [difference((y) => reference(...y), x, j)], 1e-8);
          x.forEach((_, i) => expectClose([rows[i]?.[j] as number], [difference((y) => slopes(y)[i] as number, x, j)], 1e-8));
        });
      }),
      { numRuns: 20 },
    );
  });

  test("gives zeros as the gradient of an empty result", () => {
    const x = domain.map(([lo], i) => ndarray(double, i === 0 ? [lo] : [], [i === 0 ? 1 : 0]));
    const empty = (x: readonly Value[]) => sum(slice(f(...x), 0, 0, 0));
    const gradients = grad(empty)(x);
    expect(gradients.map((g) => g.shape)).toEqual(x.map((leaf) => leaf.shape));
    expect(gradients.flatMap((g) => [...g.toArray()]).every((entry) => entry === 0)).toBe(true);
  });

  test("in float32 is what float64 gives, to its own rounding", () => {
    fc.assert(
      fc.property(broadcastSamples(pointwise, 1e-3, 3, ordinary), (sample) => {
        const rounded = { ...sample, values: sample.values.map((v) => Array.from(v, Math.fround)) };
        expectClose(f(...argumentsOn(single, rounded)).toArray(), [...f(...argumentsOn(double, rounded)).toArray()], 4 * single.epsilon);
      }),
      { numRuns: 30 },
    );
  });
});

// The checker steps up to 1 away, so it would often step over a kink.
const smooth = pointwiseCases.filter(({ kinkDistance }) => kinkDistance(0, 0, 0) === Number.POSITIVE_INFINITY);

test.each(smooth)("$name passes the checker, broadcast or not", (pointwise) => {
  fc.assert(
    fc.property(broadcastSamples(pointwise, 0, 2, ordinary), (sample) => {
      fc.pre(sizeOf(sample.result) > 0);
      const report = checkDerivatives((x: readonly Value[]) => pointwise.f(...x), argumentsOn(double, sample));
      expect(report.ok, String(report)).toBe(true);
    }),
    { numRuns: 5, seed: 5 },
  );
});
