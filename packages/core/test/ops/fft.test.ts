import { fft, ifft, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { complexVector } from "./complex-vector.js";
import { expectEveryOrder, expectLinear, expectNear, randomArray, reader, shapes } from "./linear-laws.js";

test("is Σ_j e^{∓2πi jk/n} x_j along any axis of any length, and real-linear with an exact transpose", () => {
  fc.assert(
    fc.property(shapes(1, 3, 7), fc.gen(), fc.boolean(), (shape, gen, inverse) => {
      const axis = gen(() => fc.integer({ min: 0, max: shape.length - 1 }));
      const n = shape[axis] as number;
      const x = randomArray([2, ...shape], 1);
      const read = reader(x);
      const transform = (v: typeof x) => (inverse ? ifft(v, { axes: axis }) : fft(v, { axes: axis - shape.length }));
      expectNear(
        transform(x),
        [2, ...shape],
        (i) => {
          let total = 0;
          for (let j = 0; j < n; j++) {
            const angle = ((inverse ? 2 : -2) * Math.PI * j * (i[axis + 1] as number)) / n;
            const at = (plane: number) => read([plane, ...i.slice(1).with(axis, j)]);
            total += i[0] === 0 ? at(0) * Math.cos(angle) - at(1) * Math.sin(angle) : at(0) * Math.sin(angle) + at(1) * Math.cos(angle);
          }
          return inverse ? total / n : total;
        },
        1024,
      );
      expectLinear(transform, x);
    }),
    { numRuns: 60 },
  );
});

test("over all axes at once it is axis after axis, and ifft undoes it", () => {
  fc.assert(
    fc.property(shapes(0, 3), (shape) => {
      const x = randomArray([2, ...shape], 2);
      const byAxis = shape.reduce((v, _, axis) => fft(v, { axes: axis }), x);
      expectNear(fft(x), x.shape, reader(byAxis));
      expectNear(ifft(fft(x)), x.shape, reader(x));
      expectLinear(fft, x);
      expectLinear(ifft, x);
    }),
    { numRuns: 40 },
  );
});

test("literal: four points", () => {
  const x = complexVector([1, 0], [2, 0], [3, 0], [4, 0]);
  expectNear(fft(x), [2, 4], reader(complexVector([10, 0], [-2, 2], [-2, 0], [-2, -2])), 8);
  expectNear(ifft(complexVector([0, 0], [4, 0], [0, 0], [0, 0])), [2, 4], reader(complexVector([1, 0], [0, 1], [-1, 0], [0, -1])), 8);
});

test("derivatives of every order", () => {
  expectEveryOrder((x) => fft(x), randomArray([2, 3, 2], 3));
  expectEveryOrder((x) => ifft(x, { axes: 0 }), randomArray([2, 3, 2], 3));
});

test("refuse an array without two planes, and axes that are not there", () => {
  expect(() => fft(randomArray([3, 2], 1))).toThrow(
    new ShapeError("fft: x is [3, 2]; axis 0 must hold 2 planes, real and imaginary (complexFromReal makes them)"),
  );
  expect(() => ifft(randomArray([], 1))).toThrow("ifft: x is []; axis 0 must hold 2 planes");
  expect(() => fft(randomArray([2, 4], 1), { axes: 1 })).toThrow("fft: axis 1 is outside an array of 1 axes");
  expect(() => fft(randomArray([2, 4, 4], 1), { axes: [0, 0] })).toThrow("fft: axis 0 is named twice");
});
