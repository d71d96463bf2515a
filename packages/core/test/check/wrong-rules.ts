import { ndarray } from "../../src/array.js";
import {
  abs,
  add,
  broadcastTo,
  complexMul,
  concat,
  cos,
  extend,
  matmul,
  mul,
  neg,
  reshape,
  sin,
  slice,
  square,
  sub,
  sum,
  transpose,
} from "../../src/ops/index.js";
import type { Primitive } from "../../src/primitive.js";
import { apply } from "../../src/tape.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import { stopGradient } from "../../src/transforms/stop-gradient.js";
import { vjp } from "../../src/transforms/vjp.js";
import type { Value } from "../../src/value.js";
import { A, a, B, b, backend, byVjp, one, type PlantedFault, two } from "./planted-fault.js";

/** Derivative rules with one slip of the pen. */
export const wrongRules: readonly PlantedFault[] = [
  {
    fault: "dropped sign: a − b with ∂/∂b = +1",
    names: "x[1]",
    x: [a, b],
    make: () =>
      two(
        byVjp(
          "sub",
          (p, q) => sub(p as Value, q as Value),
          (_, ct) => [ct, ct],
        ),
      ),
  },
  {
    fault: "missing factor 2: x² with derivative x",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        byVjp(
          "square",
          (p) => square(p as Value),
          ([p], ct) => [mul(p as Value, ct)],
        ),
      ),
  },
  {
    fault: "swapped arguments: the two cotangents of a b² exchanged",
    names: "x[1]",
    x: [a, b],
    make: () =>
      two(
        byVjp(
          "ab²",
          (p, q) => mul(p as Value, square(q as Value)),
          ([p, q], ct) => [mul(ct, mul(2, mul(p as Value, q as Value))), mul(ct, square(q as Value))],
        ),
      ),
  },
  {
    fault: "wrong axis: row sums pulled back along columns",
    names: "x[0]",
    x: [A],
    make: () =>
      one(
        byVjp(
          "rowSums",
          (p) => sum(p as Value, { axes: 1 }),
          ([p], ct) => [broadcastTo(ct, (p as Value).shape)],
        ),
      ),
  },
  {
    fault: "wrong boundary transpose: reflect extended, periodic pulled back",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        byVjp(
          "extendReflect",
          (p) => extend(p as Value, 0, 1, 1, "reflect"),
          ([p], ct) => [vjp((y: Value) => extend(y, 0, 1, 1, "periodic"), p as Value).pullback(ct)],
        ),
      ),
  },
  {
    fault: "forgotten sum over a broadcast axis",
    names: "x[1]",
    x: [A, b],
    make: () => {
      const primitive: Primitive<undefined> = {
        name: "addRow",
        shape: ([x]) => x as readonly number[],
        forward: (_on, [x, row]) => add(x as Value, row as Value).array.buffer,
        jvp: (_inputs, [dx, drow], z) => (dx && drow ? add(dx, drow) : (dx ?? (drow && broadcastTo(drow, z.shape)) ?? null)),
        vjp: (_inputs, ct) => [ct, ct],
      };
      return two((p, q) => apply(primitive, [p, q], undefined));
    },
  },
  {
    fault: "forgotten transpose: A B with ct·B for ct·Bᵀ",
    names: "x[0]",
    x: [A, B],
    make: () =>
      two(
        byVjp(
          "matmul",
          (p, q) => matmul(p as Value, q as Value),
          ([p, q], ct) => [matmul(ct, q as Value), matmul(p as Value, ct, { transposeA: true })],
        ),
      ),
  },
  {
    fault: "off by one: a slice pulled back one place too far",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        byVjp(
          "slice",
          (p) => slice(p as Value, 0, 0, 2),
          (_, ct) => [concat([ndarray(backend, [0]), ct])],
        ),
      ),
  },
  {
    fault: "second derivative wrong: 3x² written with one x detached",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        byVjp(
          "cube",
          (p) => mul(p as Value, square(p as Value)),
          ([p], ct) => [mul(mul(3, ct), mul(p as Value, stopGradient(p as Value)))],
        ),
      ),
  },
  {
    fault: "jvp right, vjp wrong",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        customDerivative({
          name: "cos",
          verify: false,
          f: (p) => cos(p as Value),
          jvp: ([p], [dp]) => neg(mul(sin(p as Value), dp as Value)),
          vjp: ([p], ct) => [mul(sin(p as Value), ct)],
        }),
      ),
  },
  {
    fault: "vjp right, jvp wrong",
    names: "x[1]",
    x: [a, b],
    make: () =>
      two(
        customDerivative({
          name: "mul",
          verify: false,
          f: (p, q) => mul(p as Value, q as Value),
          jvp: ([p, q], [dp, dq]) => add(mul(q as Value, dp as Value), mul(abs(p as Value), dq as Value)),
          vjp: ([p, q], ct) => [mul(q as Value, ct), mul(p as Value, ct)],
        }),
      ),
  },
  {
    fault: "wrong branch: |x|³ with derivative 3x² for negative x too",
    names: "x[0] at [1]",
    x: [a],
    make: () =>
      one(
        byVjp(
          "absCube",
          (p) => mul(abs(p as Value), square(p as Value)),
          ([p], ct) => [mul(mul(3, ct), square(p as Value))],
        ),
      ),
  },
  {
    fault: "forgotten conjugate: ct times w for ct times w̄",
    names: "x[0]",
    x: [
      ndarray(backend, [
        [0.3, -1.2],
        [0.8, 0.5],
      ]),
    ],
    make: () => {
      const w = ndarray(backend, [
        [0.6, 1.1],
        [-0.7, 0.2],
      ]);
      return one(
        byVjp(
          "timesW",
          (p) => complexMul(p as Value, w),
          (_, ct) => [complexMul(ct, w)],
        ),
      );
    },
  },
  {
    fault: "lost term: x used twice, one use forgotten",
    names: "x[0]",
    x: [A],
    make: () =>
      one(
        byVjp(
          "gram",
          (p) => matmul(p as Value, transpose(p as Value)),
          ([p], ct) => [matmul(ct, p as Value)],
        ),
      ),
  },
  {
    fault: "reshaped, not transposed: a matrix transpose pulled back by reshape",
    names: "x[0]",
    x: [
      ndarray(backend, [
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ],
    make: () =>
      one((p) =>
        square(
          byVjp(
            "transpose",
            (q) => transpose(q as Value),
            (_, ct) => [reshape(ct, [2, 3])],
          )(p),
        ),
      ),
  },
];
