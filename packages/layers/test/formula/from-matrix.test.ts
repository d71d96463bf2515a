import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { NotLinearError, ndarray, ShapeError } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { fromMatrix } from "../../src/formula.js";
import { matrixQ, mMatrix, parameterRank, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

describe("fromMatrix", () => {
  const matrices = fc.record({ m: fc.integer({ min: 1, max: 4 }), n: fc.integer({ min: 1, max: 4 }) }).chain(({ m, n }) =>
    fc.record({
      coefficients: fc.array(
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 3 }), { minLength: n, maxLength: n }),
        { minLength: m, maxLength: m },
      ),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );

  property.prop([matrices], { numRuns: 40 })(
    "satisfies the laws; the matrix is the formulas' coefficients times θ",
    ({ coefficients, seed }) => {
      const formulas = coefficients.map((row) => row.map(([a, b, c]) => `${a}*a - (${b}) b + 2*(c*${c} - a)/4`));
      const K = fromMatrix(formulas, { parameters: ["a", "b", "c"] });
      const oracle = (theta: ArrayLike<number>) => {
        const [a, b, c] = Array.from(theta) as [number, number, number];
        return coefficients.flat().map((k) => ((k[0] as number) - 0.5) * a - (k[1] as number) * b + ((k[2] as number) / 2) * c);
      };
      const report = checkParameterization(K, backend, { seed, oracle });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("the lecture's M-matrix: the same Q", () => {
    const K = fromMatrix([
      ["t1 + t2", "-t1", "-t2"],
      ["-t3", "t3 + t4", "-t4"],
      ["-t5", "-t6", "t5 + t6"],
    ]);
    const { parameterNames, ...Q } = matrixQ(K);
    const { parameterNames: _, ...expected } = matrixQ(mMatrix(3));
    expect(Q).toEqual(expected);
    expect(parameterNames).toEqual(["t1", "t2", "t3", "t4", "t5", "t6"]);
  });

  test("constants go into the fixed part; whatever has only constants is evaluated", () => {
    const K = fromMatrix([
      ["a + 1", 2],
      ["cos(pi/3) * a", "b^1 / sqrt(4) - 2^3"],
    ]);
    expect(toDense(K, ndarray(backend, [10, 100])).toNested()).toEqual([
      [11, 2],
      [expect.closeTo(5, 14), 42],
    ]);
    expect(K.fixedPart?.apply(ndarray(backend, [[1, 1]])).toNested()).toEqual([[3, -8]]);
  });

  test("θ is in natural order, or as listed; unused and redundant parameters are named", () => {
    expect(matrixQ(fromMatrix([["t10 + t9", "t2"]])).parameterNames).toEqual(["t2", "t9", "t10"]);
    const K = fromMatrix([["b + a", "2 a + 2 b"]], { parameters: ["b", "a", "spare"] });
    expect(String(parameterRank(matrixQ(K)))).toBe("rank 1 of 3 parameters; unused: spare; redundant: a");
    expect(toDense(fromMatrix([["e + 2 t"]], { parameters: ["t", "e"] }), ndarray(backend, [1, 10])).toNested()).toEqual([[12]]);
  });

  test.each([
    [
      [
        ["t1", "t2"],
        ["t2", "t1*t2"],
      ],
      'fromMatrix: entry (1, 1) "t1*t2" is not linear in t1, t2: t1 * t2 multiplies two of them; write sums of constant · parameter',
    ],
    [[["1/t1"]], 'entry (0, 0) "1/t1" is not linear in t1: 1 / t1 divides by one of them'],
    [[["t1^2"]], 'entry (0, 0) "t1^2" is not linear in t1: t1^2 takes a power of what depends on them'],
    [[["3*exp(t1)"]], 'entry (0, 0) "3*exp(t1)" is not linear in t1: exp(t1) takes exp of what depends on them'],
    [[["t1 > 0 ? t1 : 0"]], "t1 > 0 takes gt of what depends on them"],
    [[["t1 / 0"]], 'entry (0, 0) "t1 / 0" is not linear in t1: t1 / 0 divides by 0'],
  ])("refuses %j as not linear", (formulas, message) => {
    expect(() => fromMatrix(formulas)).toThrow(NotLinearError);
    expect(() => fromMatrix(formulas)).toThrow(message);
  });

  test.each([
    [[["t1", "2 +"]], {}, 'fromMatrix: entry (0, 1): "2 +" is not a formula: '],
    [[[" "]], {}, "fromMatrix: entry (0, 0): the formula is empty; write 0 for nothing"],
    [
      [["t1 + x"]],
      { parameters: ["t1"], name: "mine" },
      'mine: entry (0, 0): in "t1 + x", x is unknown; variables are t1, constants are pi',
    ],
    [[["t1"], ["t1 = 3"]], {}, 'entry (1, 0): in "t1 = 3", AssignmentNode'],
  ])("refuses %j with %j, which it cannot read", (formulas, options, message) => {
    expect(() => fromMatrix(formulas, options)).toThrow(SyntaxError);
    expect(() => fromMatrix(formulas, options)).toThrow(message);
  });

  test.each([
    [[], {}, "fromMatrix: the matrix has no entries"],
    [[["a", "b"], ["a"]], {}, "fromMatrix: row 0 has 2 entries, row 1 has 1; all rows must have the same number"],
    [[["a"]], { parameters: ["a", "a"] }, "fromMatrix: the parameter a is listed twice in a, a"],
    [[["a", "a"]], { inShape: [3] }, "fromMatrix: inShape is [3], with 3 entries; the matrix has 2 columns"],
  ])("refuses %j with %j, which does not fit", (formulas, options, message) => {
    expect(() => fromMatrix(formulas, options)).toThrow(ShapeError);
    expect(() => fromMatrix(formulas, options)).toThrow(message);
  });
});
