import { log1p } from "../../../src/wasm/math/log1p.js";
import { describeAccuracy, describeValues } from "./accuracy.js";
import { exactLog1p } from "./exact-functions.js";

describeAccuracy("log1p", log1p, {
  domains: {
    float32: {
      intervals: [
        [-0.5, 1],
        [-0.01, 0.01],
        [-1, 1000],
      ],
      exponents: [-149, 127],
      signs: [1],
      near: [Math.SQRT1_2 - 1, Math.SQRT2 - 1, 2 ** 24, 2 ** -26, -(2 ** -26), -0.999999, -1e-30],
    },
    float64: {
      intervals: [
        [-0.5, 1],
        [-0.01, 0.01],
        [-1, 1000],
      ],
      exponents: [-1074, 1023],
      signs: [1],
      near: [Math.SQRT1_2 - 1, Math.SQRT2 - 1, 2 ** 53, 2 ** -55, -(2 ** -55), -0.9999999999999, -1e-300],
    },
  },
  exact: exactLog1p,
  wide: Math.log1p,
});

describeValues("log1p", log1p, [
  [0, 0],
  [-0, -0],
  [-1, -Infinity],
  [-2, Number.NaN],
  [Infinity, Infinity],
  [-Infinity, Number.NaN],
  [Number.NaN, Number.NaN],
  [2 ** -140, 2 ** -140],
  [-(2 ** -140), -(2 ** -140)],
]);
