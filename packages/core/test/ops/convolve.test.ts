import { cpu } from "@paramat/backends";
import { convolve, convolveJacobianTranspose, convolveTranspose, grad, mul, ndarray, ShapeError, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, entries, expectNear, randomArray, reader } from "./linear-laws.js";

interface Case {
  readonly examples: number;
  readonly grid: readonly number[];
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  readonly inPerGroup: number;
  readonly outPerGroup: number;
}

const size = (min: number, max: number) => fc.integer({ min, max });

const cases: fc.Arbitrary<Case> = size(1, 3).chain((rank) => {
  const axes = (max: number) => fc.array(size(1, max), { minLength: rank, maxLength: rank });
  return fc
    .record({
      examples: fc.nat(3),
      kernel: axes(rank === 3 ? 2 : 3),
      stride: axes(3),
      dilation: axes(2),
      room: fc.array(fc.nat(rank === 3 ? 2 : 4), { minLength: rank, maxLength: rank }),
      groups: size(1, 2),
      inPerGroup: fc.nat(2),
      outPerGroup: fc.nat(2),
    })
    .map(({ room, ...c }) => ({
      ...c,
      grid: room.map((extra, a) => (c.dilation[a] as number) * ((c.kernel[a] as number) - 1) + 1 + extra),
    }));
});

const thetaShape = (c: Case) => [...c.kernel, c.inPerGroup, c.groups * c.outPerGroup];
const yShape = (c: Case) => [c.examples, ...c.grid, c.groups * c.inPerGroup];

/** The defining sum, entry by entry. */
function naive(c: Case, theta: Value, y: Value): { shape: number[]; entry: (i: readonly number[]) => number } {
  const [readTheta, readY] = [reader(theta), reader(y)];
  const outGrid = c.grid.map(
    (n, a) => Math.floor((n - (c.dilation[a] as number) * ((c.kernel[a] as number) - 1) - 1) / (c.stride[a] as number)) + 1,
  );
  return {
    shape: [c.examples, ...outGrid, c.groups * c.outPerGroup],
    entry(index) {
      const [e, i, o] = [index[0] as number, index.slice(1, -1), index.at(-1) as number];
      const group = Math.floor(o / c.outPerGroup);
      const terms = entries([...c.kernel, c.inPerGroup], (at) => {
        const [j, channel] = [at.slice(0, -1), at.at(-1) as number];
        const cell = i.map(
          (k, a) => (c.stride[a] as number) * k + (c.dilation[a] as number) * ((c.kernel[a] as number) - 1 - (j[a] as number)),
        );
        return readTheta([...j, channel, o]) * readY([e, ...cell, c.inPerGroup * group + channel]);
      });
      return terms.reduce((x, z) => x + z, 0);
    },
  };
}

test("is the defining sum in 1, 2 and 3 dimensions; adjoint in θ and in y", () => {
  fc.assert(
    fc.property(cases, (c) => {
      const [theta, y] = [randomArray(thetaShape(c), 1), randomArray(yShape(c), 2)];
      const { stride, dilation, groups } = c;
      const { shape, entry } = naive(c, theta, y);
      expectNear(convolve(theta, y, { stride, dilation, groups }), shape, entry, 1024);
      expect(([t, v]: readonly Value[]) => convolve(t as Value, v as Value, { stride, dilation, groups })).toHaveExactAdjoint([theta, y]);
    }),
    { numRuns: 80 },
  );
});

test("⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀvec(zyᵀ), θ⟩, relative to the norms", () => {
  const dot = (a: Value, b: Value) => sum(mul(a, b)).item();
  const norm = (a: Value) => Math.sqrt(dot(a, a));
  fc.assert(
    fc.property(cases, (c) => {
      const [theta, y] = [randomArray(thetaShape(c), 1), randomArray(yShape(c), 2)];
      const { stride, dilation, groups, kernel, grid } = c;
      const Ky = convolve(theta, y, { stride, dilation, groups });
      const z = randomArray(Ky.shape, 3);
      const KTz = convolveTranspose(theta, z, { stride, dilation, groups, grid });
      const QTzy = convolveJacobianTranspose(y, z, { stride, dilation, groups, kernel });
      expect(KTz.shape).toEqual(y.shape);
      expect(QTzy.shape).toEqual(theta.shape);
      const scale = norm(Ky) * norm(z) + norm(KTz) * norm(y) + norm(QTzy) * norm(theta);
      expect(Math.abs(dot(z, Ky) - dot(KTz, y))).toBeLessThanOrEqual(1e-12 * scale);
      expect(Math.abs(dot(z, Ky) - dot(QTzy, theta))).toBeLessThanOrEqual(1e-12 * scale);
    }),
    { numRuns: 80 },
  );
});

describe.each([
  { kernel: [3], grid: [6], options: { stride: 2, dilation: 1, groups: 1 } },
  { kernel: [2, 2], grid: [3, 4], options: { stride: [1, 2], dilation: [2, 1], groups: 2 } },
  { kernel: [2, 1, 2], grid: [2, 2, 3], options: {} },
])("derivatives of every order, kernel $kernel", ({ kernel, grid, options }) => {
  const groups = options.groups ?? 1;
  const theta = randomArray([...kernel, 2 / groups, 2], 4);
  const y = randomArray([2, ...grid, 2], 5);
  const z = randomArray(convolve(theta, y, options).shape, 6);
  const squared = (f: (a: Value, b: Value) => Value) => (v: readonly Value[]) => {
    const product = f(v[0] as Value, v[1] as Value);
    return mul(product, product);
  };

  test("convolve", () => expect(squared((t, v) => convolve(t, v, options))).toHaveCorrectGradient([theta, y], { entries: 16 }));
  test("convolveTranspose", () =>
    expect(squared((t, v) => convolveTranspose(t, v, { ...options, grid }))).toHaveCorrectGradient([theta, z], { entries: 16 }));
  test("convolveJacobianTranspose", () =>
    expect(squared((a, b) => convolveJacobianTranspose(a, b, { ...options, kernel }))).toHaveCorrectGradient([y, z], { entries: 16 }));
});

test("literal: the kernel runs backwards over the grid", () => {
  const theta = ndarray(backend, [1, 2, 3], [3, 1, 1]);
  // z_0 = θ_2 y_0 + θ_1 y_1 + θ_0 y_2
  const y = ndarray(backend, [1, 10, 100, 1000], [1, 4, 1]);
  expect([...convolve(theta, y).toArray()]).toEqual([3 + 20 + 100, 30 + 200 + 1000]);
  expect([...convolve(theta, y, { stride: 2 }).toArray()]).toEqual([123]);
  const z = ndarray(backend, [1, 10], [1, 2, 1]);
  expect([...convolveTranspose(theta, z).toArray()]).toEqual([3, 32, 21, 10]);
  expect([...convolveJacobianTranspose(y, z, { kernel: [3] }).toArray()]).toEqual([100 + 10_000, 10 + 1000, 1 + 100]);
});

test("literal: two groups, each with its channels", () => {
  const theta = ndarray(backend, [2, 3], [1, 1, 2]);
  const y = ndarray(backend, [1, 10, 4, 40], [1, 2, 2]);
  expect(convolve(theta, y, { groups: 2 }).toNested()).toEqual([
    [
      [2, 30],
      [8, 120],
    ],
  ]);
});

test("in float32 the gradient agrees with float64 to its rounding", () => {
  const single = cpu("float32");
  const [theta, y] = [randomArray([3, 3, 2, 2], 1), randomArray([2, 6, 6, 2], 2)];
  const loss = (t: Value, v: Value) => sum(mul(convolve(t, v), convolve(t, v)));
  const want = grad((t: Value) => loss(t, y))(theta).toArray();
  const [theta32, y32] = [theta, y].map((x) => ndarray(single, x.toArray(), x.shape)) as [Value, Value];
  const found = grad((t: Value) => loss(t, y32))(theta32).toArray();
  const scale = Math.max(...want.map(Math.abs));
  found.forEach((value, i) => expect(Math.abs(value - (want[i] as number))).toBeLessThan(64 * single.epsilon * scale));
});

describe("refuses", () => {
  const theta = randomArray([3, 3, 2, 4], 1);

  test.each<[string, readonly number[], readonly number[], Parameters<typeof convolve>[2], string]>([
    [
      "an array without a grid",
      [3, 2, 4],
      [5, 2],
      {},
      "convolve: y is [5, 2]; it must be [examples, ...grid, channels] with a grid of 1, 2 or 3 axes",
    ],
    [
      "a kernel of another rank",
      [3, 2, 4],
      [1, 5, 5, 2],
      {},
      "convolve: theta is [3, 2, 4]; for a grid of 2 axes it must be [...kernel, channelsIn/groups, channelsOut], 4 axes",
    ],
    [
      "a kernel larger than the grid",
      [3, 3, 2, 4],
      [1, 5, 2, 2],
      {},
      "convolve: kernel [3, 3] spans [3, 3] cells, the grid is [5, 2]; the grid must be at least as large (extend adds a border)",
    ],
    [
      "a dilated kernel larger than the grid",
      [3, 3, 2, 4],
      [1, 5, 4, 2],
      { dilation: 2 },
      "convolve: kernel [3, 3] with dilation [2, 2] spans [5, 5] cells, the grid is [5, 4]; the grid must be at least as large (extend adds a border)",
    ],
    [
      "channels that differ",
      [3, 3, 2, 4],
      [1, 5, 5, 3],
      {},
      "convolve: theta [3, 3, 2, 4] takes 2 channels in each of 1 group(s), y [1, 5, 5, 3] has 3 channels; theta's second-last axis must be 3",
    ],
    [
      "channels that do not divide into the groups",
      [3, 3, 2, 4],
      [1, 5, 5, 6],
      { groups: 3 },
      "convolve: 6 channels in and 4 out do not divide into 3 groups; groups must be an integer ≥ 1 that divides both",
    ],
    [
      "a stride of 0",
      [3, 3, 2, 4],
      [1, 5, 5, 2],
      { stride: [1, 0] },
      "convolve: stride is [1, 0]; it must be one integer ≥ 1 for each of the 2 axes of the grid",
    ],
    [
      "an empty kernel",
      [0, 3, 2, 4],
      [1, 5, 5, 2],
      {},
      "convolve: theta's kernel is [0, 3]; it must be one integer ≥ 1 for each of the 2 axes of the grid",
    ],
  ])("%s", (_, shapeOfTheta, shapeOfY, options, message) => {
    expect(() => convolve(randomArray(shapeOfTheta, 1), randomArray(shapeOfY, 2), options)).toThrow(new ShapeError(message));
  });

  test("a z that the convolution does not give", () => {
    const z = randomArray([1, 3, 3, 4], 3);
    expect(() => convolveTranspose(theta, z, { grid: [5, 6] })).toThrow(
      new ShapeError("convolveTranspose: z is [1, 3, 3, 4]; kernel [3, 3] on grid [5, 6] with stride [1, 1] gives [1, 3, 4, 4]"),
    );
    expect(() => convolveTranspose(theta, z, { grid: [5] })).toThrow(
      new ShapeError("convolveTranspose: grid is [5], z is [1, 3, 3, 4]; the grid must have 2 axes, as z's has"),
    );
    expect(() => convolveJacobianTranspose(randomArray([2, 5, 5, 2], 1), z, { kernel: [3, 3] })).toThrow(
      new ShapeError("convolveJacobianTranspose: z is [1, 3, 3, 4]; kernel [3, 3] on grid [5, 5] with stride [1, 1] gives [2, 3, 3, 4]"),
    );
  });
});
