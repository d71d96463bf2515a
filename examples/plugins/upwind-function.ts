import { defaultBackend, fromFunction, mul, nonNegative, roll, sub } from "paramat";

/** `upwind(n)` as a function in ordinary ops: the flux θᵢyᵢ out of each cell, less the flux out of its left neighbour. */
export function upwindFunction(n = 6) {
  return fromFunction(
    {
      name: "upwindFunction",
      thetaShape: [n],
      inShape: [n],
      f(theta, y) {
        const flux = mul(theta, y);
        return mul(n, sub(flux, roll(flux, 1, 1)));
      },
      constraint: nonNegative,
    },
    defaultBackend,
  );
}
