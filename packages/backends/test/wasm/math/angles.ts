import { uniform } from "./vector-function.js";

/** Angles where a reduction by π/2 is hard: near its multiples, at halves of them, at the smallest numbers, and at the end of the fast path. */
export function hardAngles(precision: "float32" | "float64", count: number): number[] {
  const random = uniform(7);
  const round = precision === "float32" ? Math.fround : (x: number) => x;
  const [end, least, ulp] = precision === "float32" ? [1e6, 2 ** -149, 2 ** -23] : [5e4, 5e-324, 2 ** -52];
  const largest = end / (Math.PI / 2);
  const angles = Array.from({ length: count }, (_, i) => {
    const sign = random() < 0.5 ? -1 : 1;
    switch (i % 6) {
      case 0:
        return 4 * (random() - 0.5) * Math.PI;
      case 1: {
        // A few ulps beside a multiple of π/2.
        const multiple = Math.floor(largest ** random()) * (Math.PI / 2);
        return sign * round(multiple) * (1 + Math.round(8 * (random() - 0.5)) * ulp);
      }
      case 2:
        // Odd multiples of π/4, where the quadrant changes.
        return sign * (Math.floor(largest ** random()) + 0.5) * (Math.PI / 2) * (1 + (random() - 0.5) * 16 * ulp);
      case 3:
        return sign * end * random();
      case 4:
        return sign * least ** random();
      default:
        return sign * end * (1 + (random() - 0.5) * 1e-3);
    }
  });
  // The float64 and the float32 number in reach that come nearest to a multiple of π/2.
  const nearest = precision === "float32" ? 252.89820861816406 : 45.553093477052;
  return [nearest, -nearest, least, -least, 2 ** -126, 2 ** -30, end, -end, round(end * (1 + ulp)), ...angles].map(round);
}

/** What sin and tan keep, and where all three have no value. */
export const specialAngles = [0, -0, Number.NaN, Infinity, -Infinity] as const;

/** Angles beyond the fast path, beside others within it. */
export const hugeAngles = [1e7, 0.5, -1e15, 2, 1e22, -3, Infinity, 1e30, -0, 2 ** 100, 1, -1e38] as const;
