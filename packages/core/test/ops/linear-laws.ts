import "@paramat/core/check/vitest";
import { cpu } from "@paramat/backends";
import { add, mul, ndarray, rng, type Shape, sizeOf, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect } from "vitest";

/** The backend of these tests: float64, so that laws hold to rounding. */
export const backend = cpu("float64");

/** Standard normal entries. */
export function randomArray(shape: Shape, seed: number): Value {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );
}

/** Shapes of a few entries, with sizes 0 and 1 among them. */
export function shapes(minRank: number, maxRank: number, maxSize = 4): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 0, max: maxSize }), { minLength: minRank, maxLength: maxRank });
}

/** Row-major numbers of the array whose entry at i is `entry(i)`. */
export function entries(shape: Shape, entry: (index: readonly number[]) => number): number[] {
  const flat: number[] = [];
  const visit = (index: readonly number[]): void => {
    if (index.length === shape.length) flat.push(entry(index));
    else for (let i = 0; i < (shape[index.length] as number); i++) visit([...index, i]);
  };
  visit([]);
  return flat;
}

/** x[i] by its index. */
export function reader(x: Value): (index: readonly number[]) => number {
  const flat = x.toArray();
  return (index) => flat[index.reduce((offset, i, axis) => offset * (x.shape[axis] as number) + i, 0)] as number;
}

/** x has this shape and exactly these numbers. */
export function expectEntries(x: Value, shape: Shape, entry: (index: readonly number[]) => number): void {
  expect(x.shape).toEqual(shape);
  expect([...x.toArray()]).toEqual(entries(shape, entry));
}

/** x has this shape and these numbers up to `tolerance`, which counts roundings of numbers of size 1. */
export function expectNear(x: Value, shape: Shape, entry: (index: readonly number[]) => number, tolerance = 256): void {
  expect(x.shape).toEqual(shape);
  const want = entries(shape, entry);
  const scale = Math.max(1, ...want.map(Math.abs));
  const worst = Math.max(0, ...Array.from(x.toArray(), (value, i) => Math.abs(value - (want[i] as number))));
  expect(worst).toBeLessThanOrEqual(tolerance * backend.epsilon * scale);
}

/** f(a x + y) = a f(x) + f(y), and ⟨ct, f(x)⟩ = ⟨fᵀ(ct), x⟩. */
export function expectLinear(f: (x: Value) => Value, x: Value): void {
  const y = randomArray(x.shape, 77);
  const separate = reader(add(mul(f(x), -1.5), f(y)));
  expectNear(f(add(mul(x, -1.5), y)), f(x).shape, separate);
  expect(f).toHaveExactAdjoint(x);
}

/** Gradient and Hessian of f(x)³, by which f is composed with something curved. */
export function expectEveryOrder(f: (x: Value) => Value, x: Value): void {
  const cubed = (v: Value): Value => {
    const z = f(v);
    return mul(z, mul(z, z));
  };
  expect(cubed).toHaveCorrectGradient(x);
}
