import { reshape, type Shape, sizeOf, transpose, type Value } from "@paramat/core";

/** One factor of a Kronecker product: the entries of the factors before it and after it, and its own. */
export interface FactorPlace {
  readonly before: number;
  readonly shape: Shape;
  readonly after: number;
}

/** [examples, before, ...shape, after] (or any array with these entries) as examples of one factor, [examples·before·after, ...shape]. */
export function toFactor(x: Value, { before, shape, after }: FactorPlace): Value {
  const outer = x.shape[0] as number;
  const size = sizeOf(shape);
  if (after === 1) return reshape(x, [outer * before, ...shape]);
  return reshape(transpose(reshape(x, [outer * before, size, after]), [0, 2, 1]), [outer * before * after, ...shape]);
}

/** The transpose, and inverse, of `toFactor`: [examples·before·after, ...shape] to [examples, before·size·after]. */
export function fromFactor(x: Value, { before, shape, after }: FactorPlace): Value {
  const outer = (x.shape[0] as number) / (before * after);
  const size = sizeOf(shape);
  const flat = [outer, before * size * after];
  if (after === 1) return reshape(x, flat);
  return reshape(transpose(reshape(x, [outer * before, after, size]), [0, 2, 1]), flat);
}

/** (I ⊗ f ⊗ I) x for a map f of [examples, ...inShape] to [examples, ...outShape]: the result is [examples, before·out·after]. */
export function alongFactor(f: (x: Value) => Value, x: Value, place: FactorPlace, outShape: Shape): Value {
  return fromFactor(f(toFactor(x, place)), { ...place, shape: outShape });
}
