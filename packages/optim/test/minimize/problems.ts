import { cpu } from "@paramat/backends";
import { add, leaves, mul, ndarray, reshape, slice, square, sub, sum, type Tree, type Value } from "@paramat/core";

export const backend = cpu("float64");

/** The largest entry of |a − b|, over all leaves. */
export function distance(a: Tree, b: readonly number[]): number {
  const flat = leaves(a).flatMap((x) => [...x.toArray()]);
  return Math.max(...flat.map((x, i) => Math.abs(x - (b[i] as number))));
}

/**
 * 3 + ½(x − x*)ᵀA(x − x*), A = Q D Q with D from 1 to `condition`, evenly on a logarithmic scale, and Q a reflection; x of `size` entries, so that neither the
 * minimizer nor the axes nor the least value is anything special.
 */
export function quadratic(condition: number, size = 12) {
  const numbers = (f: (i: number) => number) => Array.from({ length: size }, (_, i) => f(i));
  const eigenvalues = ndarray(
    backend,
    numbers((i) => condition ** (i / (size - 1))),
  );
  const u = numbers((i) => Math.cos(1 + i));
  const unit = ndarray(
    backend,
    u.map((x) => x / Math.hypot(...u)),
  );
  const minimizer = numbers((i) => Math.sin(2 * i + 1));
  const reflect = (x: Value) => sub(x, mul(mul(2, sum(mul(unit, x))), unit));
  const f = (x: Value): Value => add(mul(0.5, sum(mul(eigenvalues, square(reflect(sub(x, ndarray(backend, minimizer))))))), 3);
  return {
    f,
    minimizer,
    start: ndarray(
      backend,
      numbers(() => 0),
    ),
    eigenvalues,
    reflect,
  };
}

/** Σ over pairs of 100(b − a²)² + (1 − a)² (Rosenbrock, 1960; Moré, Garbow & Hillstrom, 1981, problem 21), least at (1, …, 1), where it is 0. */
export function rosenbrock(x: Value): Value {
  const pairs = reshape(x, [x.size / 2, 2]);
  const [a, b] = [slice(pairs, 1, 0, 1), slice(pairs, 1, 1, 2)];
  return add(mul(100, sum(square(sub(b, square(a))))), sum(square(sub(1, a))));
}

/** The usual start: −1.2, 1, −1.2, 1, … */
export function rosenbrockStart(size: number): Value {
  return ndarray(
    backend,
    Array.from({ length: size }, (_, i) => (i % 2 === 0 ? -1.2 : 1)),
  );
}
