import type { Backend } from "@paramat/backends";
import { add, mul, ndarray, type Rng, square, sub, sum, type Value } from "@paramat/core";

/** f(x) = least + ½(x − x*)ᵀA(x − x*), A = Q D Q with D from 1 to `condition`, evenly on a logarithmic scale, and Q a reflection. */
export interface DrawnQuadratic {
  readonly f: (x: Value) => Value;
  readonly start: Value;
  /** x*. */
  readonly minimizer: readonly number[];
  /** The same seen through a reflection S, with its start S x₀: x ↦ f(S x). */
  readonly reflected: {
    readonly f: (x: Value) => Value;
    readonly start: Value;
    readonly back: (x: readonly number[]) => readonly number[];
  };
}

/** A quadratic of which neither the minimizer nor the axes nor the least value is anything special; A ≥ I, so that ‖x − x*‖ ≤ ‖∇f(x)‖. */
export function drawnQuadratic(backend: Backend, stream: Rng, condition: number, size = 8): DrawnQuadratic {
  const draw = (f: (i: number) => number) => Array.from({ length: size }, (_, i) => f(i));
  const unit = () => {
    const u = draw(() => stream.normal());
    const length = Math.hypot(...u);
    return u.map((x) => x / length);
  };
  const [q, s] = [unit(), unit()];
  const minimizer = draw(() => stream.normal());
  const start = draw(() => 2 * stream.normal());
  const least = stream.normal();
  const [D, centre] = [
    ndarray(
      backend,
      draw((i) => condition ** (i / Math.max(1, size - 1))),
    ),
    ndarray(backend, minimizer),
  ];
  const [Q, S] = [reflection(backend, q), reflection(backend, s)];
  const f = (x: Value): Value => add(mul(0.5, sum(mul(D, square(Q(sub(x, centre)))))), least);
  const back = (x: readonly number[]) => reflectedNumbers(s, x);
  return { f, start: ndarray(backend, start), minimizer, reflected: { f: (x) => f(S(x)), start: ndarray(backend, back(start)), back } };
}

/** x ↦ x − 2⟨u, x⟩u. */
function reflection(backend: Backend, u: readonly number[]) {
  const unit = ndarray(backend, u);
  return (x: Value): Value => sub(x, mul(mul(2, sum(mul(unit, x))), unit));
}

function reflectedNumbers(u: readonly number[], x: readonly number[]): readonly number[] {
  const along = x.reduce((total, t, i) => total + t * (u[i] as number), 0);
  return x.map((t, i) => t - 2 * along * (u[i] as number));
}
