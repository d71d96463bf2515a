import { cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { describe, expect, test } from "vitest";
import { circulant, convolution, denseMatrix, explain, toeplitz } from "../../src/index.js";

const periodic = { channels: 1, boundary: "periodic" } as const;
const last = (text: string) => text.split("\n").at(-1);

describe("explain", () => {
  test("names what is explained, and gives the estimates of each path in each contraction", () => {
    const text = explain(convolution([64, 64, 1], { ...periodic, kernel: 15 }), { examples: 4, backend: wasm() });
    const [title, head, ...rows] = text.split("\n");
    expect(title).toBe("convolution from [64, 64, 1] to [64, 64, 1], θ [15, 15, 1, 1], 4 examples on wasm-float32");
    expect(head).toMatch(/^ +K y +Kᵀ z +θ-gradient$/);
    for (const [i, label] of ["direct", "fft", "separable"].entries())
      expect(rows[i]).toMatch(new RegExp(`^${label}( +[\\d.]+ (µs|ms)){3}`));
    expect(last(text)).toBe("taken: fft for all three, whichever should be faster");
  });

  test("a small stencil is direct", () => {
    const text = explain(convolution([64, 64, 1], { ...periodic, kernel: 3 }), { examples: 4, backend: wasm() });
    expect(last(text)).toBe("taken: direct for all three, whichever should be faster");
  });

  test("says what keeps the Fourier path out", () => {
    const walled = convolution([64, 64, 1], { ...periodic, kernel: 15, boundary: ["periodic", "zero"] });
    expect(explain(walled, { examples: 1, backend: cpu() })).toContain('fft: not possible, since the boundary of axis 1 is "zero"');
    const strided = convolution([64, 64, 1], { ...periodic, kernel: 15, stride: 2 });
    expect(explain(strided, { examples: 1, backend: cpu() })).toContain("fft: not possible, since the stride is [2, 2]");
    expect(last(explain(strided, { examples: 1, backend: cpu() }))).toBe("taken: direct for all three, the only one");
  });

  test("contractions that take different paths are told apart", () => {
    const texts = Array.from({ length: 40 }, (_, k) => last(explain(circulant(64 + 4 * k), { examples: 1, backend: wasm() })));
    expect(texts).toContainEqual(expect.stringMatching(/^taken: direct for K y, direct for Kᵀ z, fft for θ-gradient, whichever/));
  });

  test("what was asked for is taken", () => {
    const text = explain(toeplitz(500, 500, { path: "direct" }), { examples: 8, backend: cpu() });
    expect(last(text)).toBe('taken: direct for all three, as path "direct" says');
    expect(text).not.toContain("separable");
  });

  test("the separable stencil of the same size costs less the larger it is", () => {
    const paths = convolution([64, 64, 1], { ...periodic, kernel: 15 }).paths!;
    const call = { which: "apply", backend: wasm(), examples: 4 } as const;
    // 15 + 15 taps in place of 225.
    expect(paths.direct(call) / paths.separable!(call)).toBeGreaterThan(3);
    expect(convolution([64, 1], { ...periodic, kernel: 15 }).paths).not.toHaveProperty("separable");
  });

  test("says so where there is nothing to choose", () => {
    expect(explain(denseMatrix([2], [3]), { examples: 1, backend: cpu() })).toBe(
      "denseMatrix from [2] to [3], θ [3, 2], 1 example on cpu-float64\nthere is one way to compute it, so nothing is chosen",
    );
  });

  test("refuses a number of examples that is none", () => {
    expect(() => explain(circulant(4), { examples: 0, backend: cpu() })).toThrow("explain: 0 examples; there must be a positive integer");
  });
});
