import { call, constant, cpu, input } from "@paramat/backends";
import { type CheckDerivativesOptions, type CheckReport, checkDerivatives } from "@paramat/core/check";
import { ndarray } from "../../src/array.js";
import { defineLinear } from "../../src/define/linear.js";
import * as ops from "../../src/ops/index.js";
import type { Primitive } from "../../src/primitive.js";
import { rng } from "../../src/rng.js";
import { apply } from "../../src/tape.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import { stopGradient } from "../../src/transforms/stop-gradient.js";
import { vjp } from "../../src/transforms/vjp.js";
import type { Tree } from "../../src/tree.js";
import type { Value } from "../../src/value.js";

const {
  abs,
  add,
  broadcastTo,
  concat,
  cos,
  exp,
  extend,
  greaterEqual,
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
  where,
} = ops;

/** An op with one bug, and the input whose derivative (or number) is wrong. */
export interface PlantedFault {
  readonly fault: string;
  /** As the report must name it. */
  readonly names: string;
  /** Where it is called. */
  readonly x: readonly Value[];
  /** A fresh op each time: some faults are state. */
  readonly make: () => (x: readonly Value[]) => Value;
  readonly options?: CheckDerivativesOptions;
}

const backend = cpu("float64");
const a = ndarray(backend, [0.7, -1.3, 2.1]);
const b = ndarray(backend, [1.9, 0.4, -0.8]);
const A = ndarray(backend, [
  [1.2, -0.5, 0.3],
  [0.4, 2.0, -1.1],
  [-0.9, 0.6, 1.7],
]);
const B = ndarray(backend, [
  [0.2, 1.5, -0.7],
  [1.3, -0.4, 0.8],
  [0.5, 0.9, -1.6],
]);

type Inputs = readonly Value[];
const one =
  (op: (x: Value) => Value) =>
  ([x]: Inputs) =>
    op(x as Value);
const two =
  (op: (x: Value, y: Value) => Value) =>
  ([x, y]: Inputs) =>
    op(x as Value, y as Value);
/** An op whose only rule is the vjp; the jvp is derived as its transpose, so that the two agree with each other. */
const byVjp = (name: string, f: (...x: Inputs) => Value, rule: (x: Inputs, ct: Value) => readonly (Value | null)[]) =>
  customDerivative({ name, f, vjp: rule });

export const plantedFaults: readonly PlantedFault[] = [
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
    fault: "detached input: b read past the tape",
    names: "x[1]",
    x: [a, b],
    make: () => two((p, q) => mul(p, stopGradient(exp(q)))),
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
    fault: "a “linear” op that is not: x + x²/1000 declared by defineLinear",
    names: "x[0]",
    x: [a],
    options: { linear: true },
    make: () => {
      const bent = call("add", input(0), call("mul", constant(0.001), call("mul", input(0), input(0))));
      const op = defineLinear<undefined>({
        name: "almostIdentity",
        shape: (x) => x,
        forward: (on, x) => on.map(bent, x.shape, [{ buffer: x.buffer, offset: 0, strides: [1] }]),
        transpose: (ct) => ct,
      });
      return one((p) => op(p, undefined));
    },
  },
  {
    fault: "stale closure: the rule keeps the first call's x",
    names: "x[0]",
    x: [a],
    make: () => {
      let kept: Value | null = null;
      return one(
        byVjp(
          "sin",
          (p) => {
            kept ??= p as Value;
            return sin(p as Value);
          },
          (_, ct) => [mul(ct, cos(kept as Value))],
        ),
      );
    },
  },
  {
    fault: "remembered value: the first result is given again",
    names: "x[0]",
    x: [a],
    make: () => {
      let kept: Value | null = null;
      return one(
        byVjp(
          "sin",
          (p) => {
            kept ??= sin(p as Value);
            return kept;
          },
          ([p], ct) => [mul(ct, cos(p as Value))],
        ),
      );
    },
  },
  {
    fault: "input mutated: the result is written over x",
    names: "x[0]",
    x: [a],
    make: () => {
      const primitive: Primitive<undefined> = {
        name: "doubleInPlace",
        shape: ([x]) => x as readonly number[],
        forward(_on, [x]) {
          const numbers = (x as { readonly buffer: unknown }).buffer as Float64Array;
          numbers.forEach((v, i) => {
            numbers[i] = 2 * v;
          });
          return numbers;
        },
        jvp: (_inputs, [dx]) => (dx ? mul(2, dx) : null),
        vjp: (_inputs, ct) => [mul(2, ct)],
      };
      return one((p) => apply(primitive, [p], undefined));
    },
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
    fault: "right at scale 1 only: x³ with derivative 3|x|",
    names: "x[0]",
    x: [ndarray(backend, [1, -1, 1])],
    make: () =>
      one(
        byVjp(
          "cube",
          (p) => mul(p as Value, square(p as Value)),
          ([p], ct) => [mul(mul(3, ct), abs(p as Value))],
        ),
      ),
  },
  {
    fault: "not linear in the cotangent: cotangents beyond 1 cut off",
    names: "x[0]",
    x: [a],
    make: () =>
      one(
        customDerivative({
          name: "sin",
          verify: false,
          f: (p) => sin(p as Value),
          jvp: ([p], [dp]) => mul(cos(p as Value), dp as Value),
          vjp: ([p], ct) => [mul(cos(p as Value), where(greaterEqual(abs(ct), 1), ops.sign(ct), ct))],
        }),
      ),
  },
  {
    fault: "not repeatable: noise of 1e-9 on every call",
    names: "f(x)",
    x: [a],
    make: () => {
      const stream = rng(1);
      return one(
        byVjp(
          "noisySin",
          (p) => add(sin(p as Value), 1e-9 * stream.normal()),
          ([p], ct) => [mul(ct, cos(p as Value))],
        ),
      );
    },
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
          (p) => ops.complexMul(p as Value, w),
          (_, ct) => [ops.complexMul(ct, w)],
        ),
      );
    },
  },
  {
    fault: "cancellation: (1 − cos x)/x² with 1 − cos x in float32",
    names: "x[0]",
    x: [ndarray(backend, [0.02, -0.03, 0.05])],
    make: () =>
      one((p) => {
        const rough = customDerivative({
          name: "versine",
          f: (q) =>
            ndarray(
              backend,
              (q as Value).toArray().map((t) => Math.fround(1 - Math.fround(Math.cos(t)))),
              (q as Value).shape,
            ),
          vjp: ([q], ct) => [mul(ct, sin(q as Value))],
        });
        return ops.div(rough(p), square(p));
      }),
  },
  {
    fault: "one entry of 5,000: cotangent of entry 4,321 dropped",
    names: "x[0] at [4321]",
    x: [
      ndarray(
        backend,
        Float64Array.from({ length: 5000 }, (_, i) => 1 + (i % 7) / 10),
      ),
    ],
    options: { order: 1 },
    make: () => {
      const mask = ndarray(
        backend,
        Float64Array.from({ length: 5000 }, (_, i) => (i === 4321 ? 0 : 1)),
      );
      return one((p) =>
        sum(
          byVjp(
            "exp",
            (q) => exp(q as Value),
            ([q], ct) => [mul(mask, mul(ct, exp(q as Value)))],
          )(p),
        ),
      );
    },
  },
  {
    fault: "hidden by a kink: relu with slope ½ to the left, checked at 0",
    names: "x[0] at [0]",
    x: [ndarray(backend, [0, 1])],
    make: () =>
      one(
        byVjp(
          "relu",
          (p) => ops.relu(p as Value),
          ([p], ct) => [mul(ct, where(greaterEqual(p as Value, 0), 1, 0.5))],
        ),
      ),
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

/** One line of the table "fault | caught by". */
export interface CaughtFault {
  readonly fault: string;
  /** The tests that fail; one that fails at x and beside x is named once. */
  readonly caughtBy: readonly string[];
  readonly report: CheckReport;
}

export function catchFault({ fault, make, x, options }: PlantedFault): CaughtFault {
  const report = checkDerivatives(make() as (x: Tree) => Tree, x, options);
  const names = report.checks.filter(({ verdict }) => verdict === "wrong").map(({ name }) => name);
  const caughtBy = names.filter((name) => !names.includes(name.replace(/, beside x$/, "")) || !name.endsWith(", beside x"));
  return { fault, caughtBy, report };
}

/** A line for each fault. */
export function faultTable(rows: readonly CaughtFault[]): string {
  const width = Math.max(...rows.map(({ fault }) => fault.length));
  return rows.map(({ fault, caughtBy }) => `${fault.padEnd(width)} | ${caughtBy.join("; ")}`).join("\n");
}
