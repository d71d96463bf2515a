/**
 * A point of a pen stroke in the digit's own frame: x from 0 (left) to 1 (right), y from 0 (top) to 1 (bottom); a third entry marks a
 * sharp corner.
 */
export type PenPoint = readonly [x: number, y: number, corner?: "corner"];

/** The points one stroke runs through, two or more, smoothly but for its corners. */
export type Stroke = readonly PenPoint[];

/** One way to write a digit: its strokes, its usual width as a share of its height, and how often it is chosen beside the other ways. */
export interface Template {
  readonly strokes: readonly Stroke[];
  readonly width: number;
  readonly weight: number;
}

/** The ways of writing each digit 0 … 9. */
export const templates: readonly (readonly Template[])[] = [
  [
    { width: 0.66, weight: 3, strokes: [pen("55,0 15,16 0,52 17,87 50,100 84,85 100,50 86,14 50,0")] },
    { width: 0.5, weight: 2, strokes: [pen("80,8 42,2 6,30 3,72 40,100 82,84 100,40 78,6 50,10")] },
    { width: 0.62, weight: 0.7, strokes: [pen("50,0 13,17 0,50 15,85 50,100 86,85 100,50 86,15 50,0"), pen("78,20 22,82")] },
  ],
  [
    { width: 0.06, weight: 3, strokes: [pen("50,0 50,50 50,100")] },
    { width: 0.28, weight: 2, strokes: [pen("0,34 50,20 90,0! 90,50 90,100")] },
    { width: 0.46, weight: 1.5, strokes: [pen("10,24 55,0! 55,50 55,100"), pen("0,100 50,100 100,100")] },
  ],
  [
    { width: 0.62, weight: 3, strokes: [pen("4,24 26,3 66,2 92,24 72,56 36,82 2,100! 50,100 100,98")] },
    { width: 0.66, weight: 2, strokes: [pen("6,20 36,0 78,10 82,42 46,78 12,98 2,84 22,77 55,92 84,100 100,90")] },
    { width: 0.6, weight: 1, strokes: [pen("5,10 50,0 92,6 90,28! 45,65 0,100! 50,97 100,100")] },
  ],
  [
    { width: 0.58, weight: 3, strokes: [pen("5,14 42,0 86,12 80,37 34,48! 85,56 98,78 60,100 20,97 0,84")] },
    { width: 0.6, weight: 1.2, strokes: [pen("4,2 45,3 88,0! 66,20 40,42! 86,50 100,74 66,100 22,98 0,86")] },
    { width: 0.52, weight: 1.5, strokes: [pen("10,8 52,0 88,16 74,40 44,47 40,52 70,53 100,72 80,96 36,100 0,88")] },
  ],
  [
    { width: 0.64, weight: 2.5, strokes: [pen("14,0 8,30 2,60! 50,60 100,58"), pen("76,6 75,50 72,100")] },
    { width: 0.62, weight: 2, strokes: [pen("72,0! 36,34 0,68! 50,68 100,66"), pen("72,0 72,50 72,100")] },
    { width: 0.56, weight: 1.5, strokes: [pen("6,0 0,28 20,50 60,50 94,40"), pen("100,0 96,40 90,100")] },
  ],
  [
    { width: 0.6, weight: 3, strokes: [pen("20,4! 16,24 12,46! 48,36 90,50 96,78 56,100 16,98 0,87"), pen("20,3 55,2 94,0")] },
    { width: 0.62, weight: 1.5, strokes: [pen("100,0 60,2 24,4! 12,43! 55,38 92,56 84,88 42,100 0,92")] },
    { width: 0.56, weight: 1.5, strokes: [pen("98,2 55,0 20,12 16,36 50,46 90,60 92,86 50,100 2,92")] },
  ],
  [
    { width: 0.54, weight: 3, strokes: [pen("78,0 40,18 8,52 6,84 42,100 88,90 94,64 58,50 20,60 6,76")] },
    { width: 0.58, weight: 1.5, strokes: [pen("92,6 60,0 20,20 0,58 14,92 56,100 96,80 78,54 38,54 6,70")] },
    { width: 0.46, weight: 1.5, strokes: [pen("50,0 20,36 0,74 20,98 66,98 98,80 70,64 30,70 6,82")] },
  ],
  [
    { width: 0.62, weight: 2.5, strokes: [pen("0,5 50,3 100,0! 70,42 42,100")] },
    { width: 0.62, weight: 2, strokes: [pen("0,4 50,2 96,0! 66,44 40,100"), pen("20,52 55,50 88,48")] },
    { width: 0.6, weight: 1.5, strokes: [pen("2,22 6,6! 50,7 98,2! 72,30 56,62 52,100")] },
  ],
  [
    { width: 0.54, weight: 3, strokes: [pen("86,12 46,0 10,16 28,40 74,58 96,80 54,100 6,86 22,60 66,40 88,20 80,8")] },
    {
      width: 0.54,
      weight: 1.5,
      strokes: [pen("50,0 14,12 16,36 50,47 86,36 86,10 50,0"), pen("50,47 6,62 6,88 50,100 94,88 94,60 50,47")],
    },
    { width: 0.5, weight: 1, strokes: [pen("50,48 10,30 20,4 60,0 86,16 62,42 20,62 6,86 44,100 86,90 90,68 50,48")] },
  ],
  [
    { width: 0.54, weight: 3, strokes: [pen("92,22 60,1 14,10 6,36 40,50 80,38 94,14! 92,55 82,100")] },
    { width: 0.54, weight: 1.5, strokes: [pen("90,16 50,0 6,18 20,46 66,46 94,20 98,56 72,92 32,100 4,90")] },
    { width: 0.48, weight: 1.5, strokes: [pen("82,30 86,8 44,0 6,16 14,40 56,44 86,26 84,50 60,80 40,100")] },
  ],
];

/** Points "x,y" in hundredths of the frame, with "!" after a corner. */
function pen(points: string): Stroke {
  return points.split(" ").map((point): PenPoint => {
    const [x, y] = point.replace("!", "").split(",");
    const at = [Number(x) / 100, Number(y) / 100] as const;
    return point.endsWith("!") ? [...at, "corner"] : at;
  });
}
