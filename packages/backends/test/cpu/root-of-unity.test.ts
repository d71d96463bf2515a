import { expect, test } from "vitest";
import { rootOfUnity } from "../../src/cpu/root-of-unity.js";

test("eighths of a turn are exact where numbers are", () => {
  expect([0, 2, 4, 6].map((k) => rootOfUnity(k, 8).map((x) => x + 0))).toEqual([
    [1, 0],
    [0, -1],
    [-1, 0],
    [0, 1],
  ]);
  const [re, im] = rootOfUnity(1, 8);
  expect([re, -im]).toEqual([expect.closeTo(Math.SQRT1_2, 15), expect.closeTo(Math.SQRT1_2, 15)]);
});

test("e^{−2πi k/n}, any k", () => {
  for (const n of [1, 3, 7, 12, 100]) {
    for (let k = -n; k < 2 * n; k++) {
      const [re, im] = rootOfUnity(k, n);
      const angle = (2 * Math.PI * k) / n;
      expect(Math.hypot(re - Math.cos(angle), im + Math.sin(angle))).toBeLessThan(1e-14);
    }
  }
});
