import { call, constant, input } from "@paramat/backends";
import { ndarray } from "../../src/array.js";
import { defineLinear } from "../../src/define/linear.js";
import { abs, add, cos, div, exp, greaterEqual, mul, relu, sign, sin, square, sum, where } from "../../src/ops/index.js";
import type { Primitive } from "../../src/primitive.js";
import { rng } from "../../src/rng.js";
import { apply } from "../../src/tape.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import { stopGradient } from "../../src/transforms/stop-gradient.js";
import type { Value } from "../../src/value.js";
import { a, b, backend, byVjp, one, type PlantedFault, two } from "./planted-fault.js";

/** Faults that one look at one point does not show: state, mutation, lost digits, detached inputs, one entry of many, kinks. */
export const hiddenFaults: readonly PlantedFault[] = [
  {
    fault: "detached input: b read past the tape",
    names: "x[1]",
    x: [a, b],
    make: () => two((p, q) => mul(p, stopGradient(exp(q)))),
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
          vjp: ([p], ct) => [mul(cos(p as Value), where(greaterEqual(abs(ct), 1), sign(ct), ct))],
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
        return div(rough(p), square(p));
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
          (p) => relu(p as Value),
          ([p], ct) => [mul(ct, where(greaterEqual(p as Value, 0), 1, 0.5))],
        ),
      ),
  },
];
