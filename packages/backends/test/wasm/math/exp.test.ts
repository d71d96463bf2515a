import { exp } from "../../../src/wasm/math/exp.js";
import { describeAccuracy, describeValues } from "./accuracy.js";

const ln2 = Math.LN2;

describeAccuracy("exp", exp, {
  domains: {
    // To the least subnormal number and to the greatest; odd multiples of ½·ln 2 are where the reduction turns.
    float32: {
      intervals: [
        [-105, -86],
        [-90, 90],
        [-1, 1],
      ],
      exponents: [-140, 6],
      near: [-87.33655, 88.72284, -103.97208, ln2 / 2, -ln2 / 2, 20.5 * ln2],
    },
    float64: {
      intervals: [
        [-746, -707],
        [-710, 710],
        [-1, 1],
      ],
      exponents: [-1060, 9],
      near: [-708.3964185322641, 709.782712893384, -745.1332191019412, ln2 / 2, -ln2 / 2, 300.5 * ln2],
    },
  },
  exact: (x) => x.exp(),
  wide: Math.exp,
});

describeValues("exp", exp, [
  [0, 1],
  [-0, 1],
  [Infinity, Infinity],
  [-Infinity, 0],
  [Number.NaN, Number.NaN],
  [1000, Infinity],
  [-1000, 0],
  [1e30, Infinity],
  [-1e30, 0],
  [1e-40, 1],
]);
