import { log } from "../../../src/wasm/math/log.js";
import { describeAccuracy, describeValues } from "./accuracy.js";

describeAccuracy("log", log, {
  domains: {
    // √½ and √2 are where the exponent turns.
    float32: {
      intervals: [
        [0.5, 2],
        [0.99, 1.01],
        [0, 1000],
      ],
      exponents: [-149, 127],
      signs: [1],
      near: [1, Math.SQRT1_2, Math.SQRT2, 2 ** -126, 2 ** -148, 3.4e38],
    },
    float64: {
      intervals: [
        [0.5, 2],
        [0.99, 1.01],
        [0, 1000],
      ],
      exponents: [-1074, 1023],
      signs: [1],
      near: [1, Math.SQRT1_2, Math.SQRT2, 2 ** -1022, 2 ** -1073, 1.79e308],
    },
  },
  exact: (x) => x.ln(),
  wide: Math.log,
});

describeValues("log", log, [
  [1, 0],
  [0, -Infinity],
  [-0, -Infinity],
  [Infinity, Infinity],
  [-Infinity, Number.NaN],
  [-1, Number.NaN],
  [-1e-40, Number.NaN],
  [Number.NaN, Number.NaN],
]);
