import { sigmoid as plain } from "../../../src/expr/scalar-functions.js";
import { sigmoid } from "../../../src/wasm/math/sigmoid.js";
import { describeAccuracy, describeValues } from "./accuracy.js";
import { exactSigmoid } from "./exact-functions.js";

describeAccuracy("sigmoid", sigmoid, {
  domains: {
    float32: {
      intervals: [
        [-2, 2],
        [-6.5, -5.5],
        [-17, -2],
        [-105, 40],
      ],
      exponents: [-149, 6],
      near: [-Math.LN2 / 2, -87.33655, -103.97208, 16.6],
    },
    float64: {
      intervals: [
        [-2, 2],
        [-6.5, -5.5],
        [-37, -2],
        [-746, 40],
      ],
      exponents: [-1074, 9],
      near: [-Math.LN2 / 2, -708.3964185322641, -745.1332191019412, 36.7],
    },
  },
  exact: exactSigmoid,
  wide: plain,
});

describeValues("sigmoid", sigmoid, [
  [0, 0.5],
  [-0, 0.5],
  [800, 1],
  [-800, 0],
  [Infinity, 1],
  [-Infinity, 0],
  [Number.NaN, Number.NaN],
]);
