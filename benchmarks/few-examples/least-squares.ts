import { add, concat, div, matmul, mean, mul, ndarray, norm, slice, sub, transpose, type Value } from "@paramat/core";
import { type FilteredProblem, matrixProblem } from "@paramat/regularizers";
import type { Examples, Weights } from "./softmax-fit.js";

/** The classifier of least squares on one-hot rows: min ½‖F A + U B − C‖² + ½λ‖A‖². */
export interface LeastSquaresFit {
  /** A alone: what U reaches is taken from F and C, which changes no minimizer. */
  readonly problem: FilteredProblem;
  weights(lambda: number): Weights;
}

export function leastSquaresFit({ features, free, classes }: Examples): LeastSquaresFit {
  const second = free.shape[1] === 2 ? centred(slice(free, 1, 1, 2)) : undefined;
  const size = second ? norm(second) : undefined;
  const direction = second && size ? div(second, size) : undefined;
  const rest = (X: Value) => {
    const deviation = centred(X);
    return direction ? sub(deviation, matmul(direction, matmul(direction, deviation, { transposeA: true }))) : deviation;
  };
  const problem = matrixProblem(rest(features), transpose(rest(classes)));
  return {
    problem,
    weights(lambda) {
      const A = transpose(problem.solution(lambda));
      const left = sub(classes, matmul(features, A));
      const level = mean(left, { axes: [0], keepAxes: true });
      if (!direction || !size) return { A, B: level };
      const slope = div(matmul(direction, left, { transposeA: true }), size);
      const middle = mean(slice(free, 1, 1, 2));
      return { A, B: concat([add(level, mul(slope, mul(ndarray(A.backend, -1), middle))), slope], { axis: 0 }) };
    },
  };
}

function centred(X: Value): Value {
  return sub(X, mean(X, { axes: [0], keepAxes: true }));
}
