import { describe, expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

const backend = cpu();

test("length 4 by hand: [1, 2, 3, 4] ↦ [10, −2+2i, −2, −2−2i]", async () => {
  const image = await backend.read(backend.fft([4], [0], false, backend.upload([1, 2, 3, 4, 0, 0, 0, 0])));
  expect([...image]).toEqual([10, -2, -2, -2, 0, 2, 0, -2]);
});

test("length 3 by hand: i·[1, 0, 0] ↦ i·[1, 1, 1], and back", async () => {
  const image = backend.fft([3], [0], false, backend.upload([0, 0, 0, 1, 0, 0]));
  (await backend.read(image)).forEach((value, i) => expect(value).toBeCloseTo(i < 3 ? 0 : 1, 14));
  (await backend.read(backend.fft([3], [0], true, image))).forEach((value, i) => expect(value).toBeCloseTo(i === 3 ? 1 : 0, 14));
});

describe("an impulse gives the roots of unity to 1e-15·log₂ n", () => {
  test.each([2, 12, 997, 4096, 10007, 65536, 100_000])("n = %i", async (n) => {
    const at = Math.floor(n / 3) + 1;
    const x = new Float64Array(2 * n);
    x[at] = 1;
    const image = await backend.read(backend.fft([n], [0], false, backend.upload(x)));
    let worst = 0;
    for (let k = 0; k < n; k++) {
      const angle = (-2 * Math.PI * ((at * k) % n)) / n;
      worst = Math.max(worst, Math.abs(image[k]! - Math.cos(angle)), Math.abs(image[n + k]! - Math.sin(angle)));
    }
    expect(worst).toBeLessThan(1e-15 * Math.log2(2 * n));
  });
});
