import { nonNegative } from "paramat";
import { fromMatrix } from "paramat/formula";

/** The matrix of `upwind(3)` as formulas: θ = [a, b, c], in alphabetical order. */
export const upwind3 = fromMatrix(
  [
    ["3a", "0", "-3c"],
    ["-3a", "3b", "0"],
    ["0", "-3b", "3c"],
  ],
  { name: "upwind3", constraint: nonNegative },
);
