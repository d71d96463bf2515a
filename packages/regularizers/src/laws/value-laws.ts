import { compile, leaves, paths, showShape, type Tree } from "@paramat/core";
import { along, flatten, inner, length } from "../tree-vectors.js";
import { type RegularizerFinding, type RegularizerLaw, showError } from "./law.js";

/** R ≥ 0, a finite scalar; R = 0 where that was said. */
export const valueLaw: RegularizerLaw = {
  name: "R ≥ 0, and 0 where said",
  applies: () => true,
  check({ R, params, zeros, drawPoint, epsilon, size }) {
    const points = [params, drawPoint(0.1), drawPoint(1), drawPoint(10)];
    const values = points.map((at) => R(at));
    const odd = values.find(({ shape }) => shape.length > 0);
    if (odd) return { ok: false, error: 1, detail: `the value has shape ${showShape(odd.shape)}; it must be a scalar` };
    const numbers = values.map((value) => value.item());
    const lowest = Math.min(...numbers);
    // NaN is neither.
    if (!numbers.every((x) => x >= 0 && x < Number.POSITIVE_INFINITY)) {
      return {
        ok: false,
        error: Math.abs(lowest),
        detail: `values ${numbers.map((x) => x.toPrecision(3)).join(", ")}; they must be finite and ≥ 0`,
      };
    }
    const atZeros = zeros.map((at) => Math.abs(R(at).item()));
    const worst = Math.max(0, ...atZeros);
    const ok = worst <= 100 * size * epsilon * Math.max(1, ...numbers);
    return {
      ok,
      error: worst,
      detail: `smallest of ${numbers.length} is ${lowest.toPrecision(3)}; ${zeros.length} zeros, off by ${showError(worst)}`,
    };
  },
};

/** What has the form of W has it: gradient, Hessian-apply, proximal map, shifted solve. */
export const formLaw: RegularizerLaw = {
  name: "results have W's form",
  applies: () => true,
  check({ R, params, drawDirection }) {
    const results: [string, Tree][] = [
      ["gradient", R.gradient(params)],
      ["hessianApply", R.hessianApply(params, drawDirection())],
      ...(R.prox ? [["prox", R.prox(params, 0.5)] as [string, Tree]] : []),
      ...(R.solveShifted ? [["solveShifted", R.solveShifted(params, { alpha: 1, gamma: 1 })] as [string, Tree]] : []),
    ];
    const want = formOf(params);
    const wrong = results.filter(([, tree]) => formOf(tree) !== want).map(([name, tree]) => `${name} gives ${formOf(tree)}, not ${want}`);
    return { ok: wrong.length === 0, error: wrong.length, detail: wrong.join("; ") || results.map(([name]) => name).join(", ") };
  },
};

/** Value, gradient, proximal map and shifted solve do the same when compiled. */
export const compiledLaw: RegularizerLaw = {
  name: "compiled = as it is",
  applies: ({ readsValues }) => !readsValues,
  check<W extends Tree>({
    R,
    params,
    drawDirection,
    epsilon,
    size,
  }: Parameters<RegularizerLaw["check"]>[0] & { params: W }): RegularizerFinding {
    const { prox, solveShifted } = R;
    const runs: [string, (at: Tree) => Tree][] = [
      ["value", (at) => R(at)],
      ["gradient", (at) => R.gradient(at)],
      ["hessianApply", (at) => R.hessianApply(at, drawn)],
      ...(prox ? [["prox", (at: Tree) => prox(at, 0.5)] as [string, (at: Tree) => Tree]] : []),
      ...(solveShifted
        ? [["solveShifted", (at: Tree) => solveShifted(at, { alpha: 0.7, gamma: 0.3 })] as [string, (at: Tree) => Tree]]
        : []),
    ];
    const drawn = drawDirection() as Tree;
    const errors = runs.map(([, run]) => {
      const [plain, compiled] = [flatten(run(params)), flatten(compile(run)(params))];
      return length(along(plain, -1, compiled)) / Math.max(Math.sqrt(inner(plain, plain)), Number.MIN_VALUE);
    });
    const error = Math.max(...errors);
    return {
      ok: error <= 100 * size * epsilon,
      error,
      detail: `${runs.map(([name]) => name).join(", ")}: relative error ${showError(error)}`,
    };
  },
};

function formOf(tree: Tree): string {
  const places = paths(tree);
  return leaves(tree)
    .map(({ shape }, i) => `${places[i]} ${showShape(shape)}`.trim())
    .join(", ");
}
