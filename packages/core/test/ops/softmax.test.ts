import { cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  exp,
  grad,
  hessian,
  jacobian,
  logSoftmax,
  mul,
  ndarray,
  type Shape,
  ShapeError,
  sizeOf,
  softmax,
  sum,
  type Value,
} from "../../src/index.js";

const backend = cpu("float64");
const log3 = Math.log(3);

test("softmax [0, log 3] = [1/4, 3/4], ∂z₀/∂x = z₀(1 − z₀), −z₀z₁", () => {
  const x = ndarray(backend, [0, log3]);
  const z = softmax(x).toArray();
  [0.25, 0.75].forEach((weight, i) => expect(z[i]).toBeCloseTo(weight, 15));
  const gradient = grad((x: Value) => sum(mul(softmax(x), ndarray(backend, [1, 0]))))(x).toArray();
  [3 / 16, -3 / 16].forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 15));
});

test("logSoftmax [0, log 3] = [−log 4, log 3 − log 4], ∂z₀/∂x = [3/4, −3/4]", () => {
  const x = ndarray(backend, [0, log3]);
  const z = logSoftmax(x).toArray();
  [-Math.log(4), log3 - Math.log(4)].forEach((value, i) => expect(z[i]).toBeCloseTo(value, 15));
  const gradient = grad((x: Value) => sum(mul(logSoftmax(x), ndarray(backend, [1, 0]))))(x).toArray();
  [0.75, -0.75].forEach((slope, i) => expect(gradient[i]).toBeCloseTo(slope, 15));
});

test("both are eˣ/Σ eˣ along any axis of any shape", () => {
  fc.assert(
    fc.property(shapesWithAxis(), fc.infiniteStream(fc.double({ min: -3, max: 3, noNaN: true })), ({ shape, axis }, stream) => {
      const x = ndarray(
        backend,
        Float64Array.from({ length: sizeOf(shape) }, () => stream.next().value as number),
        shape,
      );
      const flat = x.toArray();
      const inner = sizeOf(shape.slice(axis + 1));
      const n = shape[axis] as number;
      const wanted = [...flat].map((entry, i) => {
        const start = i - (Math.floor(i / inner) % n) * inner;
        return (
          Math.exp(entry) / Array.from({ length: n }, (_, k) => Math.exp(flat[start + k * inner] as number)).reduce((a, b) => a + b, 0)
        );
      });
      const found = softmax(x, { axis }).toArray();
      const logs = exp(logSoftmax(x, { axis: axis - shape.length })).toArray();
      wanted.forEach((weight, i) => {
        expect(Math.abs((found[i] as number) - weight)).toBeLessThanOrEqual(16 * backend.epsilon);
        expect(Math.abs((logs[i] as number) - weight)).toBeLessThanOrEqual(32 * backend.epsilon);
      });
    }),
  );
});

describe.each([
  ["softmax", softmax],
  ["logSoftmax", logSoftmax],
])("%s", (name, f) => {
  test("passes the checker along either axis", () => {
    const x = ndarray(backend, [
      [0.3, -1.2, 0.8],
      [1.1, 0.4, -0.7],
    ]);
    for (const axis of [0, 1]) {
      const report = checkDerivatives((x: Value) => f(x, { axis }), x);
      expect(report.ok, String(report)).toBe(true);
    }
  });

  test("in float32 keeps its digits when the entries are near 1000", () => {
    const near = [1000, 1000.5, 998];
    const wanted = f(ndarray(backend, near)).toArray();
    f(ndarray(cpu("float32"), near))
      .toArray()
      .forEach((entry, i) => expect(Math.abs(entry - (wanted[i] as number))).toBeLessThan(8 * 2 ** -23));
  });

  test("refuses an axis without entries, and a scalar", () => {
    expect(() => f(ndarray(backend, [], [2, 0]))).toThrow(
      new ShapeError(`${name}: axis 1 of [2, 0] has no entries; every axis reduced over must have at least 1`),
    );
    expect(() => f(ndarray(backend, 1))).toThrow(
      `${name}: axis -1 is outside a scalar, which has no axes; give an array of at least one axis`,
    );
    expect(f(ndarray(backend, [], [0, 2])).shape).toEqual([0, 2]);
  });
});

// p₁ = 1/(1 + e^g) where the logits are g apart, and p₀p₁ = e⁻ᵍ/(1 + e⁻ᵍ)².
describe.each([10, 20, 40, 300])("with one weight all but 1 (logits [%d, 0])", (gap) => {
  const x = ndarray(backend, [gap, 0]);
  const small = 1 / (1 + Math.exp(gap));
  const curved = Math.exp(-gap) / (1 + Math.exp(-gap)) ** 2;

  test("softmax′ keeps its digits in every entry, in either mode", () => {
    for (const mode of ["forward", "reverse"] as const) {
      const found = jacobian((x: Value) => softmax(x), { mode })(x).toArray();
      [curved, -curved, -curved, curved].forEach((entry, i) => expectDigits(found[i], entry, 1e-15));
    }
  });

  test("softmax″ as well: (p₀p₁)′ = p₀p₁(p₁ − p₀)", () => {
    const found = hessian((x: Value) => sum(mul(softmax(x), ndarray(backend, [1, 0]))))(x).toArray();
    const entry = curved * (small - (1 - small));
    [entry, -entry, -entry, entry].forEach((wanted, i) => expectDigits(found[i], wanted, 2e-15));
  });

  test("so do logSoftmax, its derivative and its curvature", () => {
    expectDigits(logSoftmax(x).toArray()[0], -Math.log1p(Math.exp(-gap)), 1e-15);
    for (const mode of ["forward", "reverse"] as const) {
      const found = jacobian((x: Value) => logSoftmax(x), { mode })(x).toArray();
      // A weight e^z has the rounding of z, |z|ε/2.
      [small, -small, small - 1, 1 - small].forEach((entry, i) => expectDigits(found[i], entry, gap * backend.epsilon));
    }
    const found = hessian((x: Value) => sum(mul(logSoftmax(x), ndarray(backend, [1, 0]))))(x).toArray();
    [-curved, curved, curved, -curved].forEach((entry, i) => expectDigits(found[i], entry, gap * backend.epsilon));
  });
});

test.each([[[10, 0, -10]], [[0, 0, 0]]])("the checker agrees at %j, where weights are small or tie", (entries) => {
  for (const f of [softmax, logSoftmax]) {
    const report = checkDerivatives((x: Value) => f(x), ndarray(backend, entries));
    expect(report.ok, String(report)).toBe(true);
  }
});

test.each([[[40, 0]], [[20, 20, -15]], [[300, 0, -300]]])(
  "the checker finds nothing wrong at %j, where 1 hides what changes",
  (entries) => {
    for (const f of [softmax, logSoftmax]) {
      const report = checkDerivatives((x: Value) => f(x), ndarray(backend, entries));
      expect(report.checks.filter(({ verdict }) => verdict === "wrong").map(String)).toEqual([]);
    }
  },
);

test("an entry of −∞ in every place but one leaves logSoftmax = 0 there, with derivative 0", () => {
  const x = ndarray(backend, [-Infinity, 3]);
  expect(logSoftmax(x).toNested()).toEqual([-Infinity, 0]);
  const gradient = grad((x: Value) => sum(mul(softmax(x), ndarray(backend, [5, 2]))))(x);
  expect([...gradient.toArray()].map(Math.abs)).toEqual([0, 0]);
});

test("a row of nothing but −∞ passes the cotangent of logSoftmax on, weights being 0", () => {
  const nothing = ndarray(backend, [-Infinity, -Infinity]);
  const z = jacobian((x: Value) => logSoftmax(x))(nothing).toNested();
  expect(z).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

test("entries of ±1000 neither overflow nor lose the small weights' logarithms", () => {
  const x = ndarray(backend, [1000, -1000]);
  expect(softmax(x).toNested()).toEqual([1, 0]);
  expect(logSoftmax(x).toNested()).toEqual([0, -2000]);
  expect(grad((x: Value) => sum(mul(logSoftmax(x), ndarray(backend, [0, 1]))))(x).toNested()).toEqual([-1, 1]);
});

test("entries of −∞ have no weight; a row of nothing else has no weights at all; +∞ becomes NaN", () => {
  const rows = ndarray(backend, [
    [0, -Infinity, 0],
    [-Infinity, -Infinity, -Infinity],
    [0, Infinity, 0],
  ]);
  expect(softmax(rows).toNested()).toEqual([
    [0.5, 0, 0.5],
    [0, 0, 0],
    [0, NaN, 0],
  ]);
  expect(logSoftmax(ndarray(backend, [-Infinity, -Infinity])).toNested()).toEqual([-Infinity, -Infinity]);
  const weights = ndarray(backend, [
    [2, 5, 4],
    [1, 2, 3],
  ]);
  const masked = ndarray(backend, [
    [0, -Infinity, 0],
    [-Infinity, -Infinity, -Infinity],
  ]);
  const gradient = grad((x: Value) => sum(mul(softmax(x), weights)))(masked);
  expect(gradient.toNested()).toEqual([
    [-0.5, 0, 0.5],
    [0, 0, 0],
  ]);
});

/** To a relative error. */
function expectDigits(found: number | undefined, wanted: number, tolerance: number): void {
  expect(Math.abs((found as number) - wanted), `${found} for ${wanted}`).toBeLessThanOrEqual(tolerance * Math.abs(wanted));
}

function shapesWithAxis(): fc.Arbitrary<{ shape: Shape; axis: number }> {
  return fc
    .array(fc.constantFrom(1, 2, 3), { minLength: 1, maxLength: 3 })
    .chain((shape) => fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1) }));
}
