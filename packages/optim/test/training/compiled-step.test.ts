import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { compile, leaves, ndarray, relu, rng, type Tree, type Value, valueAndGrad } from "@paramat/core";
import { activation, conv, dense, dropout, type ForwardContext, maxPooling, network, softmaxCrossEntropy } from "@paramat/layers";
import { describe, expect, test } from "vitest";
import { adam } from "../../src/optimizers/adam.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";
import { cosineDecay } from "../../src/optimizers/schedules.js";
import { sgd } from "../../src/optimizers/sgd.js";

const net = network(
  [
    ...[conv({ channels: 3, kernel: 3 }), activation(relu, "relu"), maxPooling({ window: 2 })],
    ...[conv({ channels: 4, kernel: 3 }), activation(relu, "relu"), maxPooling({ window: 2 }), dropout(0.3), dense(5)],
  ],
  { inShape: [8, 8, 1] },
);

type State = { readonly params: Tree; readonly state: Tree };

/** Five updates of a small network, and the loss before each. */
function trained(optimizer: Optimizer, backend: Backend, how: (f: ReturnType<typeof updateBy>) => ReturnType<typeof updateBy>) {
  const stream = rng(3);
  const update = how(updateBy(optimizer));
  const params: Tree = net.init(stream, backend);
  let at: State = { params, state: optimizer.init(params) };
  const losses: number[] = [];
  for (let i = 0; i < 5; i++) {
    const inputs = ndarray(
      backend,
      Float64Array.from({ length: 6 * 64 }, () => stream.normal()),
      [6, 8, 8, 1],
    );
    const targets = ndarray(
      backend,
      Float64Array.from({ length: 30 }, (_, k) => (k % 5 === Math.floor(k / 5) % 5 ? 1 : 0)),
      [6, 5],
    );
    const next = update(at, { inputs, targets }, { training: true, rng: stream });
    at = next.at;
    losses.push(next.loss.item());
  }
  return { losses, numbers: leaves([at.params, at.state]).flatMap((leaf) => Array.from(leaf.toArray())) };
}

function updateBy(optimizer: Optimizer) {
  return ({ params, state }: State, { inputs, targets }: { inputs: Value; targets: Value }, context: ForwardContext) => {
    const loss = (theta: Tree) => softmaxCrossEntropy(net.forward(theta as ReturnType<typeof net.init>, inputs, context), targets);
    const { value, gradient } = valueAndGrad<Tree, []>(loss)(params);
    const next = optimizer.step(params, gradient, state);
    return { loss: value, at: { params: next.params, state: next.state } };
  };
}

describe.each([
  [cpu("float64"), 1e-12],
  [cpu("float32"), 1e-4],
  [wasm({ precision: "float64" }), 1e-12],
  [wasm({ precision: "float32" }), 1e-4],
] as const)("a training step on $name, compiled", (backend, limit) => {
  test.each([
    ["sgd with momentum", sgd({ learningRate: cosineDecay({ from: 0.1, steps: 4 }), momentum: 0.9 })],
    ["Adam", adam({ learningRate: 1e-2, weightDecay: 1e-3 })],
  ] as const)("goes where the plain step goes, with dropout: %s", (_, optimizer) => {
    const plain = trained(optimizer as Optimizer, backend, (f) => f);
    for (const carry of [false, true]) {
      const compiled = trained(optimizer as Optimizer, backend, (f) => compile(f, { carry }));
      for (const part of ["losses", "numbers"] as const) {
        const scale = Math.max(...plain[part].map(Math.abs));
        const worst = plain[part].reduce((most, want, i) => Math.max(most, Math.abs((compiled[part][i] as number) - want)), 0);
        expect(worst).toBeLessThan(limit * scale);
      }
    }
  });
});
