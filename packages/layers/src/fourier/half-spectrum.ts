import { type Backend, type Buffer, call, input } from "@paramat/backends";
import { type Shape, stridesOf } from "@paramat/core";

/** A real array [lead, ...grid, inner], transformed over its grid. */
export interface SignalLayout {
  readonly lead: number;
  readonly grid: Shape;
  readonly inner: number;
}

/** The grid of frequencies that say everything about a real signal: the last axis from 0 to ⌊n/2⌋; the others are their conjugates. */
export function halfGrid(grid: Shape): Shape {
  return [...grid.slice(0, -1), Math.floor((grid.at(-1) as number) / 2) + 1];
}

/** F x at the frequencies of `halfGrid`: real [lead, ...grid, inner] to [2, lead, ...halfGrid, inner], the real plane first. */
export function halfSpectrum(backend: Backend, x: Buffer, { lead, grid, inner }: SignalLayout): Buffer {
  const full = [lead, ...grid, inner];
  const half = [lead, ...halfGrid(grid), inner];
  const whole = realTransform(backend, grid);
  if (whole) return whole(full, false, x);
  const strides = stridesOf([2, ...full]);
  const source = { buffer: x, offset: 0, strides };
  const planes = backend.place([2, ...full], [{ source, shape: [1, ...full], offset: 0, strides }]);
  const last = backend.fft(full, [grid.length], false, planes);
  const kept = backend.map(input(0), [2, ...half], [{ buffer: last, offset: 0, strides }]);
  return grid.length === 1 ? kept : backend.fft(half, otherAxes(grid), false, kept);
}

/** The real signal of a half spectrum, F⁻¹ x̂: [2, lead, ...halfGrid, inner] to [lead, ...grid, inner]. */
export function fromHalfSpectrum(backend: Backend, spectrum: Buffer, { lead, grid, inner }: SignalLayout): Buffer {
  const full = [lead, ...grid, inner];
  const half = [lead, ...halfGrid(grid), inner];
  const whole = realTransform(backend, grid);
  if (whole) return whole(full, true, spectrum);
  const inside = grid.length === 1 ? spectrum : backend.fft(half, otherAxes(grid), true, spectrum);
  // A frequency and its conjugate, which is left out, add up to twice the real part; 0 and n/2 are their own conjugates.
  const n = grid.at(-1) as number;
  const weights = Float64Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => (k === 0 || 2 * k === n ? 1 : 2));
  const along = [0, ...half].map((_, axis) => (axis === grid.length + 1 ? 1 : 0));
  const weighted = backend.map(
    call("mul", input(0), input(1)),
    [2, ...half],
    [
      { buffer: inside, offset: 0, strides: stridesOf([2, ...half]) },
      { buffer: backend.upload(weights), offset: 0, strides: along },
    ],
  );
  const source = { buffer: weighted, offset: 0, strides: stridesOf([2, ...half]) };
  const planes = backend.place([2, ...full], [{ source, shape: [2, ...half], offset: 0, strides: stridesOf([2, ...full]) }]);
  const back = backend.fft(full, [grid.length], true, planes);
  return backend.map(input(0), full, [{ buffer: back, offset: 0, strides: stridesOf(full) }]);
}

/** F⁻¹(f̂ ⊙ F x) in one kernel, for each entry of axis 0 of `shape`, [entries, ...grid, inner], where the backend has it. */
export function realFilter(
  { fused }: Backend,
  grid: Shape,
): ((conjugate: boolean, shape: Shape, x: Buffer, spectrum: Buffer) => Buffer) | undefined {
  if (!fused || (grid.at(-1) as number) < 2) return undefined;
  return (conjugate, shape, x, spectrum) => fused.realFilter(shape, [...otherAxes(grid), grid.length], conjugate, x, spectrum);
}

/** The transform in one kernel, where the backend has it and the axis that is halved is longer than 1. */
function realTransform({ fused }: Backend, grid: Shape): ((shape: Shape, inverse: boolean, x: Buffer) => Buffer) | undefined {
  if (!fused || (grid.at(-1) as number) < 2) return undefined;
  return (shape, inverse, x) => fused.realFft(shape, [...otherAxes(grid), grid.length], inverse, x);
}

function otherAxes(grid: Shape): number[] {
  return grid.slice(1).map((_, a) => a + 1);
}
