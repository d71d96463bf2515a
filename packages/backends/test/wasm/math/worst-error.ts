import type { Decimal } from "decimal.js";
import type { Precision } from "../../../src/backend.js";
import { ulpsApart } from "./vector-function.js";

/** The largest error of a function's results, and for which arguments. */
export function worstError(
  precision: Precision,
  got: readonly number[],
  exact: readonly (Decimal | number)[],
  ...inputs: readonly number[][]
) {
  let worst = { ulps: 0, at: inputs.map((x) => x[0]) };
  got.forEach((value, i) => {
    const ulps = ulpsApart(precision, value, exact[i]!);
    if (!(ulps <= worst.ulps)) worst = { ulps, at: inputs.map((x) => x[i]) };
  });
  return worst;
}
