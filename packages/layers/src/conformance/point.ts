import type { Backend } from "@paramat/backends";
import { ndarray, type Shape, sizeOf, type Value } from "@paramat/core";

/** Numbers with a shape, which no plug-in can write into. */
export interface Numbers {
  readonly flat: Float64Array;
  readonly shape: Shape;
}

/** Where a law is tried: θ, y, z, … by their names. */
export type Point<N extends string = string> = Readonly<Record<N, Numbers>>;

export type ValuesAt<N extends string> = Readonly<Record<N, Value>>;

/** New arrays with the point's numbers, so that what one call does to its inputs cannot reach the next. */
export function valuesAt<N extends string>(point: Point<N>, backend: Backend): ValuesAt<N> {
  return Object.fromEntries(named(point).map(([name, { flat, shape }]) => [name, ndarray(backend, flat, shape)])) as Record<N, Value>;
}

/** The same point with one array's numbers replaced. */
export function withNumbers<N extends string>(point: Point<N>, name: N, flat: Float64Array): Point<N> {
  return { ...point, [name]: { flat, shape: point[name].shape } };
}

/** Example e alone, in each of the arrays that hold examples. */
export function onlyExample<N extends string>(point: Point<N>, e: number): Point<N> {
  return Object.fromEntries(
    named(point).map(([name, numbers]) => {
      if (!holdsExamples(name)) return [name, numbers];
      const shape = [1, ...numbers.shape.slice(1)];
      const size = sizeOf(shape);
      return [name, { flat: numbers.flat.slice(e * size, (e + 1) * size), shape }];
    }),
  ) as Record<N, Numbers>;
}

export function named<N extends string>(point: Point<N>): [N, Numbers][] {
  return Object.entries(point) as [N, Numbers][];
}

/** Examples lie along axis 0 of y and z, not of θ. */
export function holdsExamples(name: string): boolean {
  return !name.startsWith("θ");
}
