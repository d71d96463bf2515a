import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import * as ops from "../../src/ops/index.js";
import { rng } from "../../src/rng.js";
import { checkpoint } from "../../src/transforms/checkpoint.js";
import { compile } from "../../src/transforms/compile.js";
import { grad } from "../../src/transforms/grad.js";
import { hvp } from "../../src/transforms/hvp.js";
import type { Value } from "../../src/value.js";

const grid = (x: Value) => ops.reshape(x, [8, 12]);
const image = (x: Value) => ops.reshape(x, [1, 6, 8, 2]);
const first = (x: Value, n: number) => ops.slice(x, 0, 0, n);
const pattern = ops.sparsePattern({ numRows: 3, numCols: 4, rows: [0, 1, 2, 2], cols: [1, 0, 3, 2] });

/** Functions of 96 numbers that use what kernels there are. */
const functions: Readonly<Record<string, (x: Value) => Value>> = {
  "a filter by Fourier transforms": (x) => {
    const z = ops.fft(ops.complexFromReal(ops.reshape(x, [4, 6, 4])), { axes: [1, 2] });
    return ops.realPart(ops.ifft(ops.mul(z, 2), { axes: [1, 2] }));
  },
  "a strided convolution": (x) => ops.convolve(ops.reshape(first(x, 18), [3, 3, 2, 1]), image(x), { stride: 2 }),
  "a dilated depthwise convolution": (x) => ops.convolve(ops.reshape(first(x, 18), [3, 3, 1, 2]), image(x), { groups: 2, dilation: 2 }),
  "bias, relu and max-pool": (x) => ops.maxPool(ops.relu(ops.add(image(x), first(x, 2))), { window: 2 }),
  "bias, relu and max-pool of windows that overlap and reach out": (x) => {
    const padding = [[1, 1] as const, [1, 0] as const];
    return ops.maxPool(ops.relu(ops.add(image(x), first(x, 2))), { window: 3, stride: 2, padding });
  },
  "means of windows": (x) => ops.avgPool(image(x), { window: 2 }),
  "gather and scatterAdd": (x) => ops.mul(ops.gather(x, [3, 1, 1, -1, 95]), ops.scatterAdd(first(x, 5), [0, 1, 1, 4, 2], 5)),
  "concat, flip and tanh": (x) => ops.concat([ops.tanh(x), ops.flip(x)], { axis: 0 }),
  "batched products of triangles": (x) => ops.matmul(ops.tril(ops.reshape(x, [6, 4, 4])), ops.reshape(x, [6, 4, 4])),
  "log-softmax": (x) => ops.logSoftmax(grid(x)),
  "standardized columns": (x) => ops.div(ops.sub(grid(x), ops.mean(grid(x), { axes: 0 })), ops.std(grid(x), { axes: 0 })),
  "norm and product": (x) => ops.add(ops.norm(x), ops.prod(first(x, 7))),
  "sums from the end": (x) => ops.cumsum(grid(x), { axis: 1, reverse: true }),
  einsum: (x) => ops.einsum("ij,kj->ik", grid(x), grid(ops.sin(x))),
  "largest and smallest": (x) => ops.add(ops.max(grid(ops.tanh(x)), { axes: 1 }), ops.min(grid(x), { axes: 1 })),
  "a sparse product": (x) => ops.sparseMatmul(pattern, first(x, 4), ops.reshape(ops.slice(x, 0, 4, 20), [4, 4])),
  "an odd extension": (x) => ops.extend(grid(x), 1, 3, 2, "antisymmetric"),
  "a checkpoint": (x) => checkpoint((y: Value) => ops.sin(ops.mul(y, y)))(x),
};

/** The largest difference between the compiled and the plain function, over the largest number. */
function difference(f: (x: Value) => Value, x: Value): number {
  const [found, want] = [compile(f)(x).toArray(), f(x).toArray()];
  expect(found.length).toBe(want.length);
  const scale = want.reduce((most: number, w: number) => Math.max(most, Math.abs(w)), 1);
  return want.reduce((most: number, w: number, i: number) => Math.max(most, Math.abs((found[i] as number) - w)), 0) / scale;
}

const backends: readonly (readonly [string, Backend, number])[] = [
  ["cpu float64", cpu("float64"), 1e-12],
  ["cpu float32", cpu("float32"), 3e-5],
  ["wasm float64", wasm({ precision: "float64" }), 1e-12],
  ["wasm float32 on two threads", wasm({ precision: "float32", threads: 2 }), 3e-5],
];

describe.each(backends)("compiled on %s", (_name, backend, limit) => {
  const stream = rng(4);
  const x = ndarray(
    backend,
    Float64Array.from({ length: 96 }, () => stream.normal()),
  );
  test.each(Object.entries(functions))("%s, its gradient and a product with its Hessian are as they were", (_title, f) => {
    const scalar = (y: Value) => ops.sum(ops.mul(0.7, ops.tanh(f(y))));
    expect(difference(f, x)).toBeLessThan(limit);
    expect(difference(grad(scalar), x)).toBeLessThan(limit);
    expect(difference((y) => hvp(scalar, y, ops.mul(0.5, y)), x)).toBeLessThan(10 * limit);
  });
});
