import { add, matmul, neg, reshape, slice, stack, sub, type Value } from "@paramat/core";

export interface ComplexMatmulOptions {
  /** Use aᴴ, the conjugate transpose of its last two axes. */
  readonly adjointA?: boolean;
  /** Use bᴴ. */
  readonly adjointB?: boolean;
}

/**
 * The product a b of complex matrices, batched: (Re a + i Im a)(Re b + i Im b).
 * @param a [2, ...batch, m, k] (`adjointA`: [2, ...batch, k, m]), real plane first
 * @param b [2, ...batch, k, n] (`adjointB`: [2, ...batch, n, k])
 * @returns [2, ...batch, m, n]
 * @throws ShapeError as `matmul`
 */
export function complexMatmul(a: Value, b: Value, options: ComplexMatmulOptions = {}): Value {
  const { adjointA = false, adjointB = false } = options;
  const [ar, ai] = planesOf(a, adjointA);
  const [br, bi] = planesOf(b, adjointB);
  const product = (x: Value, y: Value) => matmul(x, y, { transposeA: adjointA, transposeB: adjointB });
  return stack([sub(product(ar, br), product(ai, bi)), add(product(ar, bi), product(ai, br))]);
}

/** The real plane and the imaginary one, conjugated if asked. */
function planesOf(x: Value, conjugate: boolean): readonly [Value, Value] {
  const plane = (p: 0 | 1) => reshape(slice(x, 0, p, p + 1), x.shape.slice(1));
  const im = plane(1);
  return [plane(0), conjugate ? neg(im) : im];
}
