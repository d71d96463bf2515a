import { cosh, sinh, tanh } from "../../../src/wasm/math/hyperbolic.js";
import { describeAccuracy, describeValues } from "./accuracy.js";
import { exactCosh, exactSinh, exactTanh } from "./exact-functions.js";

const ends = {
  float32: {
    intervals: [
      [-2, 2],
      [-8, 8],
      [-89.4, 89.4],
    ],
    exponents: [-149, 6],
    near: [1, -1, 89.415985, 2 ** -13],
  },
  float64: {
    intervals: [
      [-2, 2],
      [-20, 20],
      [-710.4, 710.4],
    ],
    exponents: [-1074, 9],
    near: [1, -1, 710.4758600739439, 2 ** -28],
  },
} as const;

describeAccuracy("sinh", sinh, { domains: ends, exact: exactSinh, wide: Math.sinh });
describeAccuracy("cosh", cosh, { domains: ends, exact: exactCosh, wide: Math.cosh });
describeAccuracy("tanh", tanh, {
  domains: {
    float32: {
      intervals: [
        [-0.55, 0.55],
        [0.5, 2],
        [-12, 12],
      ],
      exponents: [-149, 6],
      near: [0.55, -0.55, 9.01, 10],
    },
    float64: {
      intervals: [
        [-0.55, 0.55],
        [0.5, 2],
        [-22, 22],
      ],
      exponents: [-1074, 9],
      near: [0.55, -0.55, 19.06, 20],
    },
  },
  exact: exactTanh,
  wide: Math.tanh,
});

const tiny = 2 ** -140;
describeValues("sinh", sinh, [
  [0, 0],
  [-0, -0],
  [tiny, tiny],
  [-tiny, -tiny],
  [1000, Infinity],
  [-1000, -Infinity],
  [Infinity, Infinity],
  [-Infinity, -Infinity],
  [Number.NaN, Number.NaN],
]);
describeValues("cosh", cosh, [
  [0, 1],
  [-0, 1],
  [1000, Infinity],
  [-1000, Infinity],
  [Infinity, Infinity],
  [-Infinity, Infinity],
  [Number.NaN, Number.NaN],
]);
describeValues("tanh", tanh, [
  [0, 0],
  [-0, -0],
  [tiny, tiny],
  [-tiny, -tiny],
  [1000, 1],
  [-1000, -1],
  [Infinity, 1],
  [-Infinity, -1],
  [Number.NaN, Number.NaN],
]);
