import { expm1 } from "../../../src/wasm/math/expm1.js";
import { describeAccuracy, describeValues } from "./accuracy.js";
import { exactExpm1 } from "./exact-functions.js";

const ln2 = Math.LN2;

describeAccuracy("expm1", expm1, {
  domains: {
    float32: {
      intervals: [
        [-2, 2],
        [0.34, 0.41],
        [-20, 89],
      ],
      exponents: [-149, 6],
      near: [88.72284, ln2 / 2, -ln2 / 2, 1.5 * ln2, -17.3, 2 ** -26, -(2 ** -26)],
    },
    float64: {
      intervals: [
        [-2, 2],
        [0.34, 0.41],
        [-40, 710],
      ],
      exponents: [-1074, 9],
      near: [709.782712893384, ln2 / 2, -ln2 / 2, 1.5 * ln2, -37.4, 2 ** -55, -(2 ** -55)],
    },
  },
  exact: exactExpm1,
  wide: Math.expm1,
});

describeValues("expm1", expm1, [
  [0, 0],
  [-0, -0],
  [Infinity, Infinity],
  [-Infinity, -1],
  [Number.NaN, Number.NaN],
  [1000, Infinity],
  [-1000, -1],
  [2 ** -140, 2 ** -140],
]);
