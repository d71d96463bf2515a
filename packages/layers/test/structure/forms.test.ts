import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { complexFromReal, fft, mul, ndarray, norm, reshape, rng, sub, type Tree, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix } from "../../src/index.js";
import type { LinearOperator } from "../../src/operator/linear-operator.js";
import type { ParametricOperator } from "../../src/operator/parametric-operator.js";
import {
  applyBlocks,
  applyBlocksTranspose,
  type BlockForm,
  denseForm,
  fourierForm,
  identityForm,
  orthogonalForm,
} from "../../src/structure/index.js";

const backend = cpu("float64");

function random(seed: number, shape: readonly number[]): Value {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
}

/** The form is K: K y, Kᵀ z, and both changes of basis are unitary, with their inverses as declared. */
function expectForm<Theta extends Tree>(K: ParametricOperator<Theta>, form: BlockForm<Theta>, theta: Theta, seed: number): void {
  const y = random(seed, [2, ...K.inShape]);
  const z = random(seed + 1, [2, ...K.outShape]);
  const close = (a: Value, b: Value) => expect(norm(sub(a, b)).item()).toBeLessThan(1e-12 * (1 + norm(b).item()));
  close(applyBlocks(form, theta, y), K.apply(theta, y));
  close(applyBlocksTranspose(form, theta, z), K.applyTranspose(theta, z));
  close(form.synthesize(form.analyze(y)), y);
  close(form.synthesizeOut(form.analyzeOut(z)), z);
  expect(norm(form.analyze(y)).item()).toBeCloseTo(norm(y).item(), 10);
  expect(norm(form.analyzeOut(z)).item()).toBeCloseTo(norm(z).item(), 10);
}

describe("block forms", () => {
  property.prop(
    [
      fc.array(fc.integer({ min: 3, max: 5 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.nat(1e6),
    ],
    { numRuns: 20 },
  )("fourierForm of the impulse response is the periodic convolution", (grid, cin, cout, seed) => {
    const K = convolution([...grid, cin], { channels: cout, kernel: grid.map(() => 3), boundary: "periodic" });
    const points = grid.reduce((a, b) => a * b, 1);
    const form = fourierForm(grid, cin, cout, (theta) => {
      // The response to a unit impulse in each channel at the first point: [cin, ...grid, cout].
      const impulses = new Float64Array(cin * points * cin);
      for (let c = 0; c < cin; c++) impulses[c * points * cin + c] = 1;
      const response = K.apply(theta, ndarray(backend, impulses, [cin, ...grid, cin]));
      const transformed = fft(complexFromReal(response), { axes: grid.map((_, a) => a + 1) });
      const flat = transformed.toArray();
      const blocks = new Float64Array(flat.length);
      for (let p = 0; p < 2; p++)
        for (let c = 0; c < cin; c++)
          for (let f = 0; f < points; f++)
            for (let o = 0; o < cout; o++)
              blocks[((p * points + f) * cout + o) * cin + c] = flat[((p * cin + c) * points + f) * cout + o] as number;
      return ndarray(backend, blocks, [2, points, cout, cin]);
    });
    expectForm(K, form, random(seed, K.thetaShape), seed + 7);
  });

  test("identityForm: a diagonal matrix is n blocks of one entry", () => {
    const form = identityForm([2, 2], [2, 2], 4, (theta) => theta);
    const theta = ndarray(backend, [1, 2, 3, 4]);
    expect(
      applyBlocks(
        form,
        theta,
        ndarray(backend, [
          [
            [1, 1],
            [1, -1],
          ],
        ]),
      ).toNested(),
    ).toEqual([
      [
        [1, 2],
        [3, -4],
      ],
    ]);
    expect(form.sameBasis).toBe(true);
  });

  test("identityForm: two rectangular blocks, by hand", () => {
    // diag([1 2], [3 4]) maps R⁴ to R².
    const form = identityForm([4], [2], 2, (theta) => theta);
    expect(applyBlocks(form, ndarray(backend, [1, 2, 3, 4]), ndarray(backend, [[1, 1, 1, -1]])).toNested()).toEqual([[3, -1]]);
    expect(form.sameBasis).toBe(false);
  });

  test("orthogonalForm: the Haar transform of two points around diag(θ)", () => {
    const s = Math.SQRT1_2;
    const W: LinearOperator = {
      name: "haar",
      inShape: [2],
      outShape: [2],
      apply: (y) => reshape(mul(rotate(y), s), y.shape),
      applyTranspose: (y) => reshape(mul(rotate(y), s), y.shape),
    };
    // H = [1 1; 1 −1]/√2 is its own transpose; H diag(4, 2) H = [3 1; 1 3].
    const rotate = (y: Value) => {
      const [a, b] = y.toArray() as unknown as [number, number];
      return ndarray(backend, [a + b, a - b], [1, 2]);
    };
    const form = orthogonalForm(W, (theta) => theta);
    const found = applyBlocks(form, ndarray(backend, [4, 2]), ndarray(backend, [[1, 0]])).toArray();
    expect(found[0]).toBeCloseTo(3, 14);
    expect(found[1]).toBeCloseTo(1, 14);
  });

  property.prop([fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), fc.nat(1e6)], { numRuns: 15 })(
    "denseForm is the matrix",
    (n, m, seed) => {
      const K = denseMatrix([n], [m]);
      const theta = random(seed, [m, n]);
      expectForm(K, denseForm(K), theta, seed + 3);
      expect(
        Array.from(
          denseForm(K)
            .blocks(theta)
            .toArray()
            .slice(0, m * n),
        ),
      ).toEqual(Array.from(theta.toArray()));
    },
  );

  test("what does not fit is refused", () => {
    expect(() => fourierForm([4, 0], 1, 1, (t: Value) => t)).toThrow(
      "fourierForm: grid [4, 0], 1 to 1 channels; every size must be a positive integer",
    );
    expect(() => identityForm([4], [3], 2, (t: Value) => t)).toThrow(
      "identityForm: 2 blocks from [4] to [3]; their number must divide both 4 and 3 entries",
    );
    const W: LinearOperator = { name: "half", inShape: [4], outShape: [2], apply: (y) => y, applyTranspose: (y) => y };
    expect(() => orthogonalForm(W, (t: Value) => t)).toThrow("orthogonalForm: half maps [4] to [2]; an orthogonal transform is square");
    const V: LinearOperator = { ...W, name: "same", outShape: [4] };
    expect(() => orthogonalForm(V, (t: Value) => t, { numIn: 3 })).toThrow("orthogonalForm: 4 coefficients of same are not");
    const bare: ParametricOperator<readonly Value[]> = {
      name: "bare",
      inShape: [2],
      outShape: [2],
      numParams: 0,
      init: () => [],
      apply: (_, y) => y,
      applyTranspose: (_, z) => z,
    };
    expect(() => denseForm(bare).blocks([])).toThrow("denseForm: the parameters of bare hold no array");
    expect(denseForm(bare, backend).blocks([]).toNested()).toEqual([
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
      [
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ]);
  });
});
