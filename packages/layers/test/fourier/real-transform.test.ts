import { fc, test as property } from "@fast-check/vitest";
import { wasm } from "@paramat/backends/wasm";
import { mul, ndarray, norm, type Shape, sub, sum, type Value, vjp } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { fromRealTransform, realTransform } from "../../src/fourier/real-transform.js";
import { backend, naiveDft, random } from "./random.js";

const places = [backend, wasm({ precision: "float64" })];
const shapes = fc.record({
  shape: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 }),
  axis: fc.nat(2),
  where: fc.constantFrom(...places),
  seed: fc.nat(1e6),
});

describe("realTransform", () => {
  property.prop([shapes], { numRuns: 40 })("its inverse undoes it, and its transposes are adjoint", ({ shape, axis, where, seed }) => {
    const at = axis % shape.length;
    const n = shape[at]!;
    const half: Shape = [2, ...shape.with(at, Math.floor(n / 2) + 1)];
    const on = (x: Value) => ndarray(where, x.toArray(), x.shape);
    const [x, spectrum] = [on(random(seed, shape)), on(random(seed + 1, half))];
    expect(norm(sub(fromRealTransform(realTransform(x, at), at, n), x)).item()).toBeLessThan(1e-13 * (1 + norm(x).item()));
    const inner = (a: Value, b: Value) => sum(mul(a, b)).item();
    const scale = 1e-13 * (1 + norm(x).item() * norm(spectrum).item());
    const forward = vjp((a: Value) => realTransform(a, at), x);
    expect(Math.abs(inner(spectrum, forward.value) - inner(forward.pullback(spectrum), x))).toBeLessThan(scale);
    const back = vjp((a: Value) => fromRealTransform(a, at, n), spectrum);
    expect(Math.abs(inner(x, back.value) - inner(back.pullback(x), spectrum))).toBeLessThan(scale);
  });

  test.each(places)("is half of the transform on $name", (where) => {
    const x = random(4, [6]);
    const [re, im] = [0, 1].map((part) => naiveDft(x.toArray(), [6]).map((z) => z[part]!));
    const found = realTransform(ndarray(where, x.toArray()), 0).toArray();
    [...re!.slice(0, 4), ...im!.slice(0, 4)].forEach((want, i) => {
      expect(found[i]).toBeCloseTo(want, 13);
    });
  });
});
