import { concat, mul, ndarray, reshape, slice, square, sub, sum, type Tree, type Value } from "@paramat/core";
import { leastSquares, softmaxCrossEntropy } from "@paramat/layers";
import { gaussNewton, type Minimizer, type Objective } from "@paramat/optim";
import { assertMinimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { backend, distance, rosenbrockStart } from "./problems.js";

/** Any f, as the loss of the identity: the generalized Gauss–Newton matrix is the Hessian then. */
const ofIdentity: Minimizer = <P extends Tree>(f: Objective<P>, params: P, options?: object) =>
  gaussNewton({ model: (x: P) => x, loss: f as (params: P) => Value }, params, options);

/** (10(b − a²), 1 − a) for each pair: Rosenbrock's function is the sum of their squares. */
const residuals = (x: Value): Value => {
  const pairs = reshape(x, [x.size / 2, 2]);
  const [a, b] = [slice(pairs, 1, 0, 1), slice(pairs, 1, 1, 2)];
  return concat([mul(10, sub(b, square(a))), sub(1, a)], { axis: 1 });
};

describe("gaussNewton", () => {
  it("obeys the laws of minimizers", () => assertMinimizer(ofIdentity, backend, { condition: 1e4 }));

  it.each([2, 10])("finds the minimizer of Rosenbrock's function of %d variables as least squares, in few iterations", async (size) => {
    const zero = ndarray(backend, new Float64Array(size), [size / 2, 2]);
    const found = await gaussNewton({ model: residuals, loss: (z: Value) => leastSquares(z, zero) }, rosenbrockStart(size), {
      gradientTolerance: 1e-10,
    });
    expect(distance(found.params, new Array<number>(size).fill(1))).toBeLessThanOrEqual(1e-8);
    expect(found.iterations).toBeLessThan(40);
  });

  it("with softmax's own Hessian, and a penalty, comes to a stationary point of the sum", async () => {
    const inputs = ndarray(backend, [
      [1, 2],
      [-1, 0.5],
      [0.3, -1],
      [2, 0],
    ]);
    const target = ndarray(backend, [
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ]);
    const model = (w: Value) => mul(inputs, square(w));
    const loss = (z: Value) => softmaxCrossEntropy(z, target);
    const penalty = (w: Value) => mul(0.05, sum(square(w)));
    const found = await gaussNewton({ model, loss, penalty }, ndarray(backend, [0.7, 0.4]), { gradientTolerance: 1e-10 });
    expect(found.status).toBe("converged");
    // At the minimizer no neighbour is lower.
    const f = (w: Value) => loss(model(w)).item() + penalty(w).item();
    const [a, b] = found.params.toArray() as unknown as [number, number];
    for (const [da, db] of [
      [1e-3, 0],
      [-1e-3, 0],
      [0, 1e-3],
      [0, -1e-3],
    ] as const)
      expect(f(ndarray(backend, [a + da, b + db]))).toBeGreaterThan(found.value);
  });

  it("refuses a damping that is none", async () => {
    await expect(
      gaussNewton({ model: (x: Value) => x, loss: (z: Value) => sum(z) }, rosenbrockStart(2), { initialDamping: -1 }),
    ).rejects.toThrow("gaussNewton: initialDamping is -1; it must be a finite number ≥ 0");
  });
});
