/** A stroke of the pen: points (x, y) in any unit, y downwards. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** How high and wide a digit stands in an image, of its size, and half the width of its lines: about as the generator draws, and as MNIST has it. */
const [HEIGHT, WIDTH, RADIUS] = [0.69, 0.6, 0.048];

/**
 * Strokes as an image: moved to the middle and brought to the size of the digits that networks are trained on, lines one pixel soft at their edges.
 * @returns [height, width], row by row, 0 ground … 1 ink; all 0 without strokes
 */
export function inkOf(strokes: readonly Stroke[], height: number, width: number): Float32Array {
  const image = new Float32Array(height * width);
  const points = strokes.flat();
  if (points.length === 0) return image;
  const side = Math.min(height, width);
  const [left, right] = ends(points.map(([x]) => x));
  const [top, bottom] = ends(points.map(([, y]) => y));
  // A dot stays a dot: without an extent there is nothing to bring to size.
  const scale = Math.min((HEIGHT * side) / Math.max(bottom - top, 1e-9), (WIDTH * side) / Math.max(right - left, 1e-9), 1e6);
  const place = ([x, y]: readonly [number, number]) =>
    [width / 2 + (x - (left + right) / 2) * scale, height / 2 + (y - (top + bottom) / 2) * scale] as const;
  for (const stroke of strokes) {
    const line = stroke.map(place);
    for (let i = 0; i < line.length; i++) inkSegment(image, height, width, line[i]!, line[i + 1] ?? line[i]!, RADIUS * side);
  }
  return image;
}

type Point = readonly [number, number];

/** The darker of what is there and of the segment's ink, at the middle of each pixel. */
function inkSegment(image: Float32Array, height: number, width: number, [ax, ay]: Point, [bx, by]: Point, radius: number): void {
  const reach = radius + 1;
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
  for (let i = Math.max(0, Math.floor(Math.min(ay, by) - reach)); i < Math.min(height, Math.max(ay, by) + reach); i++) {
    for (let j = Math.max(0, Math.floor(Math.min(ax, bx) - reach)); j < Math.min(width, Math.max(ax, bx) + reach); j++) {
      const [x, y] = [j + 0.5 - ax, i + 0.5 - ay];
      const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (x * (bx - ax) + y * (by - ay)) / length2));
      const distance = Math.hypot(x - along * (bx - ax), y - along * (by - ay));
      const ink = Math.min(1, Math.max(0, radius - distance + 0.5));
      image[i * width + j] = Math.max(image[i * width + j]!, ink);
    }
  }
}

function ends(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}
