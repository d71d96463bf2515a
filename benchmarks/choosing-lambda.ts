/**
 * `npm run bench:lambda -- [--n 64] [--draws 50]`: what the methods that choose λ reach on the classical ill-posed problems, as the table of
 * docs/choosing-lambda.md: ‖x_λ − x‖ divided by that of the best λ, the median over draws of the noise and the worst.
 */
import { parseArgs } from "node:util";
import { cpu } from "@paramat/backends";
import { ndarray, rng, type Value } from "@paramat/core";
import { deriv2, heat, type InverseProblem, phillips, shaw, withNoise } from "@paramat/data";
import {
  discrepancyPrinciple,
  type FilteredProblem,
  generalizedCrossValidation,
  type LambdaChoice,
  lCurve,
  matrixProblem,
  optimalLambda,
} from "@paramat/regularizers";

const { values: given } = parseArgs({ options: { n: { type: "string", default: "64" }, draws: { type: "string", default: "50" } } });
const [n, draws] = [Number(given.n), Number(given.draws)];
const backend = cpu("float64");

const methods: Readonly<Record<string, (problem: FilteredProblem, noiseNorm: number) => LambdaChoice>> = {
  "L-curve": (problem) => lCurve(problem),
  GCV: (problem) => generalizedCrossValidation(problem),
  "robust GCV": (problem) => generalizedCrossValidation(problem, { robustness: 0.1 }),
  discrepancy: (problem, noiseNorm) => discrepancyPrinciple(problem, { noiseNorm }),
};

console.log(`n = ${n}, ${draws} draws of the noise; error divided by the least possible: median (worst); ! where a choice was flagged\n`);
console.log(`| problem | noise | least error | ${Object.keys(methods).join(" | ")} |`);
console.log(
  `|---|---|---|${Object.keys(methods)
    .map(() => "---|")
    .join("")}`,
);
for (const problem of [shaw(n), deriv2(n, 2), phillips(n), heat(n)]) {
  for (const noise of [1e-2, 1e-3, 1e-4]) console.log(lineOf(problem, noise));
}

function lineOf(problem: InverseProblem, noise: number): string {
  const A = ndarray(backend, problem.matrix, [n, n]);
  const exact = ndarray(backend, problem.exact);
  const least: number[] = [];
  const found = Object.values(methods).map(() => ({ ratios: [] as number[], flagged: 0 }));
  for (let seed = 1; seed <= draws; seed++) {
    const { data, noiseNorm } = withNoise(problem, noise, rng(seed));
    const filtered = matrixProblem(A, ndarray(backend, data));
    const best = optimalLambda(filtered, exact).chosen.criterion;
    least.push(best);
    Object.values(methods).forEach((method, k) => {
      const { lambda, outcome } = method(filtered, noiseNorm);
      found[k]!.ratios.push(errorOf(filtered.solution(lambda), problem.exact) / best);
      if (outcome !== "found") found[k]!.flagged++;
    });
  }
  const cells = found.map(
    ({ ratios, flagged }) => `${short(median(ratios))} (${short(Math.max(...ratios))})${flagged > 0 ? ` !${flagged}` : ""}`,
  );
  return `| ${problem.name} | ${noise.toExponential(0)} | ${short(median(least))} | ${cells.join(" | ")} |`;
}

/** ‖x − exact‖/‖exact‖. */
function errorOf(x: Value, exact: Float64Array): number {
  return Math.hypot(...x.toArray().map((xi, i) => xi - exact[i]!)) / Math.hypot(...exact);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
}

function short(x: number): string {
  return x < 0.1 ? x.toFixed(4) : x < 10 ? x.toFixed(2) : x < 1000 ? x.toFixed(0) : x.toExponential(0);
}
