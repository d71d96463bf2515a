import { grad, hvp, type Tree, type Value } from "@paramat/core";
import { flatten, length, unflatten } from "../../src/tree-vectors.js";
import { solveSquare } from "./slow-tikhonov.js";

/** The minimum of a convex function of a few parameters by Newton's method, the Hessian column by column. */
export function newton<W extends Tree>(f: (w: W) => Value, start: W): W {
  let w = start;
  for (let step = 0; step < 50; step++) {
    const slope = flatten(grad(f)(w));
    if (length(slope) < 1e-13) break;
    const n = slope.length;
    const H = Array.from({ length: n }, (_, j) =>
      Array.from(
        flatten(
          hvp(
            f,
            w,
            unflatten(
              w,
              Float64Array.from({ length: n }, (__, i) => (i === j ? 1 : 0)),
            ),
          ),
        ),
      ),
    );
    const move = solveSquare(H, Array.from(slope));
    w = unflatten(
      w,
      flatten(w).map((x, i) => x - move[i]!),
    );
  }
  return w;
}
