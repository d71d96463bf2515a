/**
 * How much regularization? Four classical ill-posed problems A x = b, and for each the λ of min ½‖A x − b‖² + ½λ‖x‖² by every method, beside the λ that is
 * really best: `npx tsx --conditions=paramat-source examples/choosing-lambda.ts [folder for the pictures]`.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  array,
  deriv2,
  discrepancyPrinciple,
  generalizedCrossValidation,
  heat,
  lCurve,
  matrixProblem,
  norm,
  optimalLambda,
  phillips,
  picard,
  rng,
  shaw,
  sub,
  withNoise,
} from "paramat";
import { criterionPlot, discrepancyPlot, lCurvePlot, picardPlot } from "paramat/plots";

const folder = process.argv[2] ?? mkdtempSync(join(tmpdir(), "paramat-"));
mkdirSync(folder, { recursive: true });

const n = 64;
const noise = 0.01;
/** ‖x_λ − x‖ of each method, divided by that of the best λ. */
const losses = new Map<string, number[]>();

for (const problem of [shaw(n), deriv2(n, 2), phillips(n), heat(n)]) {
  // The data with white noise e, ‖e‖ = 1 % of ‖b‖.
  const { name, matrix, data, exact, noiseNorm } = withNoise(problem, noise, rng(1));
  const [A, b, x] = [array(matrix, [n, n]), array(data), array(exact)];

  // 1. Why regularize: of A = UΣVᵀ the solution is Σᵢ (uᵢᵀb/σᵢ) vᵢ. The uᵢᵀb fall no further than the noise, the σᵢ go on falling.
  const relativeError = (found: typeof x) => norm(sub(found, x)).item() / norm(x).item();
  const filtered = matrixProblem(A, b);
  const naive = relativeError(filtered.solution(0));

  // 2. Each method looks at another sign of it.
  const corner = lCurve(filtered); // the corner of (log ‖A x − b‖, log ‖x‖)
  const gcv = generalizedCrossValidation(filtered); // how well each datum is foretold by the others
  const robust = generalizedCrossValidation(filtered, { robustness: 0.1 }); // the same, not taken in by tiny λ
  const discrepancy = discrepancyPrinciple(filtered, { noiseNorm }); // ‖A x − b‖ = ‖e‖; it alone must know the noise
  // What nobody can know outside of an example: the λ of the least error.
  const optimal = optimalLambda(filtered, x);

  console.log(`${name}: n = ${n}, noise ${100 * noise} % of ‖b‖; without regularization the error is ${naive.toExponential(1)} times ‖x‖`);
  console.log("  method                        λ    ‖x_λ − x‖/‖x‖   of the best");
  for (const [method, choice] of Object.entries({ "L-curve": corner, GCV: gcv, "robust GCV": robust, discrepancy, optimal })) {
    const error = relativeError(filtered.solution(choice.lambda));
    const ratio = error / optimal.chosen.criterion;
    losses.set(method, [...(losses.get(method) ?? []), ratio]);
    const flag = choice.outcome === "found" ? "" : `   ${choice.outcome}: ${choice.reason}`;
    console.log(
      `  ${method.padEnd(20)}${choice.lambda.toExponential(2).padStart(11)}${percent(error)}${ratio.toFixed(2).padStart(14)}${flag}`,
    );
  }
  console.log();
  assert(naive > 10 * optimal.chosen.criterion, "without regularization the solution is noise");

  // 3. What the methods saw.
  const title = (what: string) => ({ title: `${name}, noise 1 %: ${what}` });
  save(`${name}-picard`, await picardPlot(picard(A, b), title("why it needs λ")));
  save(`${name}-l-curve`, await lCurvePlot(corner, { ...title("L-curve"), compare: [gcv, discrepancy, optimal] }));
  save(`${name}-gcv`, await criterionPlot(robust, title("robust GCV")));
  save(`${name}-discrepancy`, await discrepancyPlot(discrepancy, title("discrepancy principle")));
}
console.log(`pictures: ${folder}`);

const worst = (method: string) => Math.max(...(losses.get(method) as number[]));
assert(worst("discrepancy") < 2.5, "who knows the noise is never far off");
assert(worst("robust GCV") < 2.5, "nor is who does not, with robust GCV");

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`.padStart(17);
}

function save(picture: string, svg: string): void {
  writeFileSync(join(folder, `${picture}.svg`), svg);
}
