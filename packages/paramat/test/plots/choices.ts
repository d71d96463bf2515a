import type { ChoiceRow, FoldChoice, LambdaChoice } from "@paramat/regularizers";

const row = (i: number): ChoiceRow => ({
  lambda: 10 ** (i - 6),
  residualNorm: 0.01 + 10 ** (i - 7),
  solutionNorm: 1 + 10 ** (3 - i),
  criterion: 1 + (i - 4) ** 2,
});

/** A choice of λ with a curve of 9 rows and row 4 chosen, whose criterion, 1, is the least. */
export function choiceOf(method: LambdaChoice["method"], criterionName: LambdaChoice["criterionName"]): LambdaChoice {
  const curve = Array.from({ length: 9 }, (_, i) => row(i));
  return { method, criterionName, lambda: 1e-2, chosen: row(4), curve, outcome: "found", reason: "the reason", toString: () => "" };
}

/** A cross-validation of 7 rows: the least mean error is in row 3, row 4 is within one standard error of it. */
export function foldChoice(): FoldChoice {
  const curve = Array.from({ length: 7 }, (_, i) => {
    const meanError = 2 + 0.4 * (i - 3) ** 2;
    return { lambda: 10 ** (i - 3), meanError, standardError: 0.5, foldErrors: [meanError - 1, meanError, meanError + 1] };
  });
  const chosen = curve[3] as FoldChoice["chosen"];
  return {
    method: "k-fold",
    lambda: 1,
    oneStandardErrorLambda: 10,
    chosen,
    curve,
    outcome: "found",
    reason: "the reason",
    toString: () => "",
  };
}
