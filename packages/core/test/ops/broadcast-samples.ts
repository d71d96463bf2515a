import fc from "fast-check";
import { type Shape, sizeOf } from "../../src/index.js";
import type { Interval, PointwiseCase } from "./pointwise-case.js";

/** Arguments that broadcast with one another, and the shape they broadcast to. */
export interface BroadcastSample {
  readonly shapes: readonly Shape[];
  readonly values: readonly (readonly number[])[];
  readonly result: Shape;
}

/** Random arguments of a case: shapes with sizes 0 … 3 and repeated axes, and entries in its domain, at least `margin` from its kinks. */
export function broadcastSamples(pointwise: PointwiseCase, margin: number, maxAxes: number, entry: Entry): fc.Arbitrary<BroadcastSample> {
  const { domain, kinkDistance } = pointwise;
  return fc
    .array(fc.constantFrom(0, 1, 2, 3), { maxLength: maxAxes })
    .chain((full) => fc.tuple(...domain.map(() => shapesWithin(full))).map((shapes) => ({ shapes, result: common(shapes) })))
    .chain(({ shapes, result }) =>
      fc
        .tuple(...domain.map((interval, i) => entries(entry(interval), sizeOf(shapes[i] as Shape))))
        .map((values) => ({ shapes, values, result })),
    )
    .filter((sample) => tuples(sample).every((args) => kinkDistance(...args) > margin));
}

export type Entry = (interval: Interval) => fc.Arbitrary<number>;

/** Any double in the interval, however small: fast-check leans towards zeros, subnormals and the ends. */
export const anyDouble: Entry = ([min, max]) => fc.double({ min, max, noNaN: true });

/** A point of an even grid, for differences, whose step is of the size of the entry. */
export const ordinary: Entry = ([min, max]) => fc.integer({ min: 0, max: 999 }).map((k) => min + ((max - min) * (k + 0.5)) / 1000);

/** The arguments that meet at each entry of the result, in row-major order: index arithmetic as the definition has it. */
export function tuples({ shapes, values, result }: BroadcastSample): readonly (readonly number[])[] {
  return Array.from({ length: sizeOf(result) }, (_, flat) => {
    const index: number[] = [];
    let rest = flat;
    for (const n of result.toReversed()) {
      index.unshift(rest % n);
      rest = Math.floor(rest / n);
    }
    return shapes.map((shape, i) => {
      const own = index.slice(index.length - shape.length);
      const position = shape.reduce((p, n, axis) => p * n + (n === 1 ? 0 : (own[axis] as number)), 0);
      return values[i]?.[position] as number;
    });
  });
}

/** `full` with some leading axes left out and some sizes turned into 1. */
function shapesWithin(full: Shape): fc.Arbitrary<Shape> {
  return fc
    .tuple(fc.nat(full.length), fc.tuple(...full.map(() => fc.boolean())))
    .map(([lead, squash]) => full.map((n, axis) => (squash[axis] ? 1 : n)).slice(lead));
}

function common(shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map((s) => s.length));
  const sizes = (axis: number) => shapes.flatMap((s) => s[axis - (rank - s.length)] ?? []);
  return Array.from({ length: rank }, (_, axis) => sizes(axis).find((n) => n !== 1) ?? 1);
}

function entries(entry: fc.Arbitrary<number>, length: number): fc.Arbitrary<number[]> {
  return fc.array(entry, { minLength: length, maxLength: length });
}
