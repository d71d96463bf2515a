/**
 * A round pen: its radius at the beginning and at the end of a line, the width over which its edge fades, and its blackness, all
 * lengths in pixels.
 */
export interface Pen {
  readonly startRadius: number;
  readonly endRadius: number;
  readonly softness: number;
  readonly ink: number;
}

/**
 * canvas[i, j] = max(canvas[i, j], ink · fade(r − d)): what a pen leaves that passes along a polyline, with d the distance of the
 * pixel's centre to it, r the radius there and fade rising smoothly from 0 to 1 over `softness`.
 * @param canvas [size, size], rows from the top, changed in place
 * @param line x₀ y₀ x₁ y₁ … in pixels; x runs to the right, y downwards
 */
export function inkLine(canvas: Float64Array, size: number, line: Float64Array, pen: Pen): void {
  const segments = line.length / 2 - 1;
  const reach = Math.max(pen.startRadius, pen.endRadius) + pen.softness / 2;
  for (let s = 0; s < segments; s++) {
    const x0 = line[2 * s]!;
    const y0 = line[2 * s + 1]!;
    const dx = line[2 * s + 2]! - x0;
    const dy = line[2 * s + 3]! - y0;
    const square = dx * dx + dy * dy;
    const top = Math.max(Math.floor(Math.min(y0, y0 + dy) - reach), 0);
    const bottom = Math.min(Math.ceil(Math.max(y0, y0 + dy) + reach), size);
    const left = Math.max(Math.floor(Math.min(x0, x0 + dx) - reach), 0);
    const right = Math.min(Math.ceil(Math.max(x0, x0 + dx) + reach), size);
    for (let i = top; i < bottom; i++) {
      for (let j = left; j < right; j++) {
        const px = j + 0.5 - x0;
        const py = i + 0.5 - y0;
        const along = square === 0 ? 0 : Math.min(Math.max((px * dx + py * dy) / square, 0), 1);
        const ex = px - along * dx;
        const ey = py - along * dy;
        const radius = pen.startRadius + ((pen.endRadius - pen.startRadius) * (s + along)) / segments;
        const grey = pen.ink * fade((radius - Math.sqrt(ex * ex + ey * ey)) / pen.softness + 0.5);
        const at = i * size + j;
        if (grey > canvas[at]!) canvas[at] = grey;
      }
    }
  }
}

function fade(x: number): number {
  return x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x);
}
