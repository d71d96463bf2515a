/**
 * `npx tsx --conditions=paramat-source benchmarks/optimisers.ts [--examples 1000] [--hidden 8]`: how many gradients and products with the Hessian each
 * method asks for until the value is within 1e-6 of the least, as tables for docs/optimisers.md. optdigits where $PARAMAT_DATA is set, else generated digits.
 */
import { parseArgs } from "node:util";
import { wasm } from "@paramat/backends/wasm";
import {
  add,
  compile,
  concat,
  matmul,
  mul,
  ndarray,
  ones,
  rng,
  square,
  sum,
  type Tree,
  tanh,
  type Value,
  valueAndGrad,
  zeros,
} from "@paramat/core";
import { type Dataset, generateDigits, oneHotRows } from "@paramat/data";
import { loadDataset } from "@paramat/data/node";
import { softmaxCrossEntropy } from "@paramat/layers";
import {
  adam,
  gaussNewton,
  lbfgs,
  newtonCg,
  nonlinearConjugateGradient,
  type Outcome,
  type ReducedObjective,
  trustRegion,
  type VarPro,
  varPro,
} from "@paramat/optim";

const { values: given } = parseArgs({
  options: { examples: { type: "string", default: "1000" }, hidden: { type: "string", default: "8" } },
});
const [examples, hidden] = [Number(given.examples), Number(given.hidden)];
const near = 1e-6;
const backend = wasm({ precision: "float64" });

interface Need {
  readonly method: string;
  readonly gradients: number | string;
  readonly products: number | string;
  readonly value: number;
}

const data: Dataset = process.env["PARAMAT_DATA"]
  ? await loadDataset("optdigits", { train: examples, download: false })
  : generateDigits({ train: examples, test: 0, size: 8, seed: 1 });
const { size, images, labels } = data.train;
const Y = concat([ndarray(backend, images, [size, 64]), ones(backend, [size, 1])], { axis: 1 });
const C = ndarray(backend, oneHotRows(labels, 10), [size, 10]);
const loss = (output: Value) => softmaxCrossEntropy(output, C);
const ridge = (W: Value, lambda: number) => mul(lambda / 2, sum(square(W)));

await convex();
await withFeatures();

/** min_W ℓ(Y W) + ½λ‖W‖², 65 × 10 weights: one minimum. */
async function convex(): Promise<void> {
  const lambda = 1e-3;
  const f = (W: Value) => add(loss(matmul(Y, W)), ridge(W, lambda));
  const start = zeros(backend, [65, 10]);
  const { value: least } = await newtonCg(f, start, { gradientTolerance: 1e-11 });
  const solver = await varPro({ features: (t: Value) => mul(t, Y), target: C, loss: "softmaxCrossEntropy", lambda }).valueAndGradient(
    ndarray(backend, 1),
  );
  const needs = [
    await adamNeeds(f, start, least, [3, 1, 0.3, 0.1]),
    needOf(await nonlinearConjugateGradient(f, start), least),
    needOf(await lbfgs(f, start), least),
    needOf(await newtonCg(f, start), least),
    needOf(await trustRegion(f, start), least),
    needOf(await gaussNewton({ model: (W: Value) => matmul(Y, W), loss, penalty: (W: Value) => ridge(W, lambda) }, start), least),
    {
      method: "varPro, for one θ, to ‖∂E/∂W‖ ≤ 4e-11",
      gradients: `1 (+ ${solver.last.gradients} in W)`,
      products: `${solver.last.products} in W`,
      value: solver.value,
    },
  ];
  print(
    `${data.name}, ${size} images of 8 × 8: softmax + Tikhonov (λ = ${lambda}), ${start.size} weights; least value ${least.toFixed(9)}`,
    needs,
  );
}

/** min over K and W of ℓ([tanh(Y K), 1] W) + ½λ(‖W‖² + ‖K‖²): many minima. Each method is asked when it was near the one it ended in. */
async function withFeatures(): Promise<void> {
  const lambda = 1e-3;
  const stream = rng(1);
  const drawn = ndarray(
    backend,
    Float64Array.from({ length: 65 * hidden }, () => 0.2 * stream.normal()),
    [65, hidden],
  );
  const one = ones(backend, [size, 1]);
  const features = (K: Value) => concat([tanh(matmul(Y, K)), one], { axis: 1 });
  const f = ({ K, W }: { K: Value; W: Value }) => add(loss(matmul(features(K), W)), add(ridge(W, lambda), ridge(K, lambda)));
  const model = ({ K, W }: { K: Value; W: Value }) => matmul(features(K), W);
  const penalty = ({ K, W }: { K: Value; W: Value }) => add(ridge(W, lambda), ridge(K, lambda));
  const start = { K: drawn, W: zeros(backend, [hidden + 1, 10]) };
  const options = { gradientTolerance: 1e-6, maxIterations: 3000 };
  const reduced = () =>
    varPro({ features, target: C, loss: "softmaxCrossEntropy", lambda, penalty: (K: Value) => ridge(K, lambda), warmStart: true });
  const projected = await varProNeeds(reduced(), (problem) => lbfgs(problem, drawn, options));
  const projectedNewton = await varProNeeds(reduced(), (problem) => newtonCg(problem, drawn, options));
  const newton = await newtonCg(f, start, options);
  const region = await trustRegion(f, start, options);
  const gauss = await gaussNewton({ model, loss, penalty }, start, options);
  const quasi = await lbfgs(f, start, options);
  print(
    `${data.name}, ${size} images: softmax on ${hidden} features tanh(YK), all λ = ${lambda}, ${65 * hidden + (hidden + 1) * 10} parameters; until within ${near} of the method's own minimum`,
    [
      await adamNeeds(f, start, null, [0.1, 0.03, 0.01]),
      needOf(quasi, quasi.value),
      needOf(newton, newton.value),
      needOf(region, region.value),
      needOf(gauss, gauss.value),
      projected,
      projectedNewton,
    ],
  );
}

/** What a method on θ alone needs, with what the solver for W spent on its gradients by then. Solves within products with the Hessian are not counted. */
async function varProNeeds(problem: VarPro<Value>, minimize: (problem: ReducedObjective<Value>) => Promise<Outcome<Value>>): Promise<Need> {
  const spent: { readonly gradients: number; readonly products: number }[] = [];
  const found = await minimize({
    ...problem,
    async valueAndGradient(K, vectors) {
      const answer = await problem.valueAndGradient(K, vectors);
      const { gradients, products } = spent.at(-1) ?? { gradients: 0, products: 0 };
      spent.push({ gradients: gradients + answer.last.gradients, products: products + answer.last.products });
      return answer;
    },
  });
  const need = needOf(found, found.value);
  const row = found.history.find(({ value }) => value - found.value <= near);
  const inW = spent[(row?.evaluations.value ?? 1) - 1];
  return {
    ...need,
    method: `varPro + ${need.method}`,
    gradients: `${need.gradients} (+ ${inW?.gradients} in W)`,
    products: `${need.products} (+ ${inW?.products} in W)`,
  };
}

/** The evaluations when a method's value was first within `near` of the least. */
function needOf<P extends Tree>(found: Outcome<P>, least: number): Need {
  const row = found.history.find(({ value }) => value - least <= near);
  const { method, value } = found;
  const counts = row?.evaluations;
  return {
    method: found.status === "converged" ? method : `${method} (${found.status})`,
    gradients: counts?.gradient ?? "—",
    products: counts?.hessianVector ?? "—",
    value,
  };
}

/** Adam with whole gradients, at the best of some learning rates; null asks for the lowest value that any of them reaches in 20 000 steps. */
async function adamNeeds<P extends Tree>(f: (params: P) => Value, start: P, least: number | null, rates: readonly number[]): Promise<Need> {
  const most = 20_000;
  const runs = rates.map((rate) => {
    const rule = adam({ learningRate: rate });
    const step = compile((params: P, state: ReturnType<typeof rule.init>) => {
      const { value, gradient } = valueAndGrad(f)(params);
      return { value, ...rule.step(params, gradient, state) };
    });
    const values: number[] = [];
    let at: { readonly params: P; readonly state: ReturnType<typeof rule.init> } = { params: start, state: rule.init(start) };
    for (let k = 0; k < most && !(least !== null && (values.at(-1) ?? 1e9) - least <= near); k++) {
      const next = step(at.params, at.state);
      values.push(next.value.item());
      at = next;
    }
    const end = least ?? values.reduce((a, b) => Math.min(a, b));
    const first = values.findIndex((value) => value - end <= near);
    return { rate, end, value: values.reduce((a, b) => Math.min(a, b)), steps: first < 0 ? Number.POSITIVE_INFINITY : first + 1 };
  });
  // Where each has a minimum of its own, the lowest is shown; else the fastest.
  const [best] = runs.sort((a, b) => (least === null ? a.end - b.end : a.steps - b.steps));
  const { rate, steps, value } = best as (typeof runs)[number];
  return { method: `adam (η = ${rate})`, gradients: Number.isFinite(steps) ? steps : `> ${most}`, products: 0, value };
}

function print(title: string, needs: readonly Need[]): void {
  console.log(`\n${title}\n`);
  console.log("| method | gradients | Hessian products | value at the end |\n|---|---:|---:|---:|");
  for (const { method, gradients, products, value } of needs)
    console.log(`| ${method} | ${gradients} | ${products} | ${value.toFixed(9)} |`);
}
