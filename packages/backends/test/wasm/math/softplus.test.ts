import { softplus as plain } from "../../../src/expr/scalar-functions.js";
import { softplus } from "../../../src/wasm/math/softplus.js";
import { describeAccuracy, describeValues } from "./accuracy.js";
import { exactSoftplus } from "./exact-functions.js";

describeAccuracy("softplus", softplus, {
  domains: {
    float32: {
      intervals: [
        [-1, 1],
        [-0.47, -0.43],
        [-17, 17],
        [-105, 105],
      ],
      exponents: [-149, 6],
      near: [-Math.LN2 / 2, Math.LN2 / 2, -87.33655, -103.97208],
    },
    float64: {
      intervals: [
        [-1, 1],
        [-0.47, -0.43],
        [-37, 37],
        [-746, 746],
      ],
      exponents: [-1074, 9],
      near: [-Math.LN2 / 2, Math.LN2 / 2, -708.3964185322641, -745.1332191019412],
    },
  },
  exact: exactSoftplus,
  wide: plain,
});

describeValues("softplus", softplus, [
  [800, 800],
  [-800, 0],
  [1e30, 1e30].map(Math.fround),
  [Infinity, Infinity],
  [-Infinity, 0],
  [Number.NaN, Number.NaN],
]);
