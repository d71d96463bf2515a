import { type Backend, cpu } from "@paramat/backends";
import { assertDerivatives, checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray, zeros } from "../../src/array.js";
import { normals } from "../../src/check/vectors.js";
import { BackendError, LawError, ShapeError } from "../../src/errors.js";
import * as ops from "../../src/ops/index.js";
import { rng } from "../../src/rng.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";

const { abs, add, exp, matmul, maximum, mul, relu, sign, sin, square, sub, sum } = ops;
const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
const verdicts = (report: ReturnType<typeof checkDerivatives>) =>
  Object.fromEntries(report.checks.map(({ name, verdict }) => [name, verdict]));

const doubled = customDerivative({ name: "sin", f: (v) => sin(v as Value), vjp: ([v], ct) => [mul(mul(2, ct), ops.cos(v as Value))] });

describe("checkDerivatives", () => {
  test("passes a correct function in every test, and says so in a short table", () => {
    const report = checkDerivatives(({ W, b }: { W: Value; b: Value }) => sin(add(matmul(W, W), b)), {
      W: ndarray(backend, [
        [1, 0.2],
        [-0.4, 0.8],
      ]),
      b: ndarray(backend, [0.1, 0.3]),
    });
    expect(report.ok).toBe(true);
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(["ok"]));
    const lines = String(report).split("\n");
    expect(lines[0]).toBe("checkDerivatives: ok (20 ok)");
    expect(lines).toHaveLength(15);
    expect(lines.at(-1)).toBe("rerun: checkDerivatives(f, x, { seed: 20 })");
  });

  test("names the worst entry, what was expected there and what was found", () => {
    const report = checkDerivatives(
      ({ w }: { w: Value[] }) => sum(add(doubled(w[1] as Value), w[0] as Value)),
      { w: [x, ndarray(backend, [[0, 1, 2]])] },
      { seed: 3 },
    );
    expect(report.ok).toBe(false);
    const vjp = report.checks.find(({ name }) => name === "vjp = differences");
    expect(vjp?.offender?.input?.name).toBe("x.w[1]");
    expect(vjp?.offender?.input?.index).toHaveLength(2);
    const { expected, found } = vjp?.offender ?? { expected: 1, found: 1 };
    expect(found / expected).toBeCloseTo(2, 9);
    expect(String(report)).toMatch(
      /vjp = differences: x\.w\[1\] at \[0, \d\]: expected -?[\d.e-]+, found -?[\d.e-]+, relative error 5\.0e-1/,
    );
    expect(String(report)).toContain("rerun: checkDerivatives(f, x, { seed: 3 })");
  });

  test("is the same for the same seed", () => {
    const f = (v: Value) => sin(mul(v, v));
    expect(String(checkDerivatives(f, x, { seed: 5 }))).toBe(String(checkDerivatives(f, x, { seed: 5 })));
  });

  test("order 1 leaves second derivatives alone", () => {
    const names = Object.keys(verdicts(checkDerivatives((v: Value) => exp(v), x, { order: 1 })));
    expect(names).toContain("Taylor, first order");
    expect(names.some((name) => /second|hvp|H =/.test(name))).toBe(false);
  });

  test("takes trees of results, sizes of 0, and functions that ignore x", () => {
    expect(checkDerivatives(({ a }: { a: Value }) => ({ s: sum(a), parts: [square(a), sin(a)] }), { a: x }).ok).toBe(true);
    expect(checkDerivatives((v: Value) => exp(v), zeros(backend, [0, 3])).ok).toBe(true);
    expect(checkDerivatives((_: Value) => ndarray(backend, [1, 2]), x).ok).toBe(true);
    expect(checkDerivatives((v: Value) => v, x).ok).toBe(true);
    const ofNoExamples = checkDerivatives((w: Value) => matmul(zeros(backend, [0, 3]), w), zeros(backend, [3, 1]));
    expect(new Set(Object.values(verdicts(ofNoExamples)))).toEqual(new Set(["ok"]));
  });

  test("works in float32, at its own tolerance", () => {
    const rough = cpu("float32");
    expect(String(checkDerivatives((v: Value) => sin(mul(v, exp(v))), ndarray(rough, [0.5, -1.2, 1])))).toContain("checkDerivatives: ok");
    expect(checkDerivatives((v: Value) => doubled(v), ndarray(rough, [0.5, -1.2, 1])).ok).toBe(false);
  });

  test("numbers of very different sizes", () => {
    const scales = ndarray(backend, [1e-8, 1e-3, 1, 1e5, -1e9]);
    expect(String(checkDerivatives((v: Value) => mul(v, v), scales))).toContain("checkDerivatives: ok");
    expect(String(checkDerivatives((v: Value) => ops.log(v), ndarray(backend, [1e-8, 1e-3, 1, 1e5])))).toContain("checkDerivatives: ok");
    expect(String(checkDerivatives((v: Value) => ops.log(v), ndarray(backend, [1e-12, 1])))).toContain("checkDerivatives: ok");
  });

  test("a small leaf beside a large one: longer steps tell a wrong sign where rounding drowns short ones, or it is in doubt", () => {
    const negated = customDerivative({ name: "id", f: (v) => mul(1, v as Value), vjp: (_, ct) => [mul(-1, ct)] });
    const beside = (small: number) => [ndarray(backend, [small]), ndarray(backend, [1e9])];
    const wrong = checkDerivatives(([p, q]: readonly Value[]) => add(negated(p as Value), q as Value), beside(1e-3));
    expect(wrong.checks.find(({ name }) => name === "jvp = differences")?.offender?.input?.name).toBe("x[0]");
    expect(checkDerivatives(([p, q]: readonly Value[]) => add(p as Value, q as Value), beside(1e-3)).ok).toBe(true);
    const drowned = checkDerivatives(([p, q]: readonly Value[]) => add(negated(p as Value), q as Value), beside(1e-6));
    expect(drowned.ok).toBe(false);
    expect(String(drowned)).toContain("rounding drowns the differences in 1 of 4 directions, first in x[0] at [0]");
  });

  test("far out, where 1 + erf x has a digit or two left, a remainder of rounding is not taken for a derivative's", () => {
    for (let i = 0; i < 200; i++) {
      const report = checkDerivatives(ops.gelu, ndarray(backend, -4 + i * 0.002));
      expect(report.ok, String(report)).toBe(true);
    }
    expect(checkDerivatives(ops.gelu, ndarray(backend, 1.9530000000000003)).ok).toBe(true);
  });

  test("with linear: true a function that is not linear is wrong", () => {
    expect(checkDerivatives((v: Value) => mul(3, v), x, { linear: true }).ok).toBe(true);
    expect(verdicts(checkDerivatives((v: Value) => add(mul(3, v), 1), x, { linear: true }))["linear"]).toBe("wrong");
  });

  test("with a second backend precision is compared", () => {
    const float32 = cpu("float32");
    expect(checkDerivatives((v: Value) => sin(v), x, { backend: float32 }).ok).toBe(true);
    const cancelling = (v: Value) => sub(add(v, 1e5), 1e5);
    expect(verdicts(checkDerivatives(cancelling, x, { backend: float32 }))["on cpu-float32"]).toBe("wrong");
  });

  test("assertDerivatives throws the report", () => {
    expect(() => assertDerivatives((v: Value) => sin(v), x)).not.toThrow();
    expect(() => assertDerivatives((v: Value) => doubled(v), x)).toThrow(LawError);
    expect(() => assertDerivatives((v: Value) => doubled(v), x)).toThrow(/✗ vjp = differences +relative error 5\.0e-1/);
  });

  test("refuses an x without arrays, and a backend that cannot be read", () => {
    expect(() => checkDerivatives((v: readonly Value[]) => v, [])).toThrow(
      new ShapeError("checkDerivatives: x holds no array; it must be an array, or a tree of arrays, made by ndarray(backend, …)"),
    );
    const { readSync: _, ...rest } = cpu();
    const deaf: Backend = { ...rest, name: "deaf" };
    expect(() => checkDerivatives((v: Value) => v, ndarray(deaf, [1]))).toThrow(BackendError);
    expect(() => checkDerivatives((v: Value) => v, ndarray(deaf, [1]))).toThrow(
      "checkDerivatives: deaf cannot be read without waiting; move x to one that can: `ndarray(cpu(), await x.read(), x.shape)`",
    );
  });

  test("refuses a result whose form depends on x", () => {
    const f = (v: Value) => (v.array.toArray()[0] === 0.5 ? v : sum(v));
    expect(() => checkDerivatives(f, x)).toThrow(LawError);
    expect(() => checkDerivatives(f, x)).toThrow(
      "checkDerivatives: f gives 3 numbers at x and 1 beside it; the form of its result must not depend on x's numbers",
    );
  });

  test("an error thrown by a rule is a finding, not a crash", () => {
    const broken = customDerivative({ name: "id", f: (v) => v as Value, vjp: (_, ct) => [sum(ct)] });
    const report = checkDerivatives((v: Value) => broken(v), x);
    expect(report.ok).toBe(false);
    expect(String(report)).toContain("throws ShapeError: id.vjp (input 0): gave shape []; it must be [3]");
  });
});

describe("kinks", () => {
  test.each([
    ["relu", relu, [0, 1, -1]],
    ["abs", abs, [0, 0, 2]],
    ["maximum with itself moved", (v: Value) => maximum(v, ops.roll(v, 1, 0)), [1, 1, 3]],
    ["a step in the middle of its jump", sign, [0, 1, 2]],
    ["a jump: sign", (v: Value) => mul(sign(v), square(add(v, 1))), [0, 1, 2]],
    ["a kink of the gradient only", (v: Value) => square(relu(v)), [0, 1, -2]],
  ] as const)("%s at its corner is inconclusive there, and right beside it", (_, f, at) => {
    const report = checkDerivatives((v: Value) => f(v), ndarray(backend, [...at]));
    expect(String(report)).toMatch(/^checkDerivatives: ok .*inconclusive/);
    const judged = verdicts(report);
    for (const [name, verdict] of Object.entries(judged)) if (verdict === "inconclusive") expect(judged[`${name}, beside x`]).toBe("ok");
  });

  test("the report says where and with which slopes", () => {
    expect(String(checkDerivatives(relu, ndarray(backend, [2, 0])))).toContain(
      "? jvp = differences     x seems to lie at a kink: x at [1] has slopes 0 and 1 to its two sides",
    );
  });

  test("a slope that is not between those of the two sides is wrong at the kink itself", () => {
    const steep = customDerivative({
      name: "relu",
      f: (v) => relu(v as Value),
      vjp: ([v], ct) => [mul(ct, ops.where(ops.greaterEqual(v as Value, 0), ops.where(ops.equal(v as Value, 0), 1.5, 1), 0))],
    });
    const report = checkDerivatives((v: Value) => steep(v), ndarray(backend, [0, 1]));
    expect(report.ok).toBe(false);
    expect(verdicts(report)["vjp = differences"]).toBe("wrong");
    expect(verdicts(report)["vjp = differences, beside x"]).toBe("ok");
  });

  const classifier = ([W, V, y]: readonly Value[]) => ops.logsumexp(matmul(relu(matmul(y as Value, W as Value)), V as Value));
  test.each<readonly [string, (v: readonly Value[]) => Value, readonly (readonly number[])[]]>([
    ["sum of max pool", ([v]) => sum(ops.maxPool(v as Value, { window: 2 })), [[2, 4, 4, 2]]],
    ["clip", ([v]) => ops.clip(v as Value, -1, 1), [[20]]],
    ["max along an axis", ([v]) => ops.max(v as Value, { axes: 0 }), [[4, 5]]],
    ["largest entry", ([v]) => ops.norm(v as Value, { p: Number.POSITIVE_INFINITY }), [[6]]],
    ["max", ([v]) => ops.max(v as Value), [[3, 4]]],
    ["relu", ([v]) => relu(v as Value), [[20]]],
    ["abs", ([v]) => abs(v as Value), [[20]]],
    [
      "classifier",
      classifier,
      [
        [6, 8],
        [8, 3],
        [5, 6],
      ],
    ],
  ])("%s is right at 60 random points, whatever corners lie near", (_, f, shapes) => {
    for (let seed = 0; seed < 60; seed++) {
      const at = shapes.map((shape) =>
        ops.reshape(
          ndarray(
            backend,
            normals(
              rng(seed),
              shape.reduce((n, s) => n * s, 1),
            ),
          ),
          shape,
        ),
      );
      const report = checkDerivatives(f, at, { seed, entries: 8 });
      expect(report.ok, String(report)).toBe(true);
    }
  });

  test("corners about x do not hide a wrong second derivative", () => {
    const frozen = customDerivative({ name: "sin", f: (v) => sin(v as Value), vjp: ([v], ct) => [mul(ct, ops.cos((v as Value).array))] });
    for (let seed = 0; seed < 30; seed++) {
      const at = ndarray(backend, normals(rng(seed), 12));
      const report = checkDerivatives((v: Value) => sum(add(frozen(v), maximum(v, ops.roll(v, 1, 0)))), at, { seed });
      expect(report.checks.some(({ name, verdict }) => name === "Taylor, second order" && verdict !== "ok")).toBe(true);
      expect(report.ok).toBe(false);
    }
  });

  test("away from its corner nothing is doubted", () => {
    const report = checkDerivatives((v: Value) => sum(relu(v)), x);
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(["ok"]));
  });
});
