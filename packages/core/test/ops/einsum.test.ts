import { einsum, mul, ndarray, ShapeError, type Value } from "@paramat/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { backend, expectEveryOrder, expectNear, randomArray, reader } from "./linear-laws.js";

/** The defining sum: over every value of every letter. */
function naive(
  inputs: readonly string[],
  output: string,
  operands: readonly Value[],
  sizes: Record<string, number>,
): (i: readonly number[]) => number {
  const letters = [...new Set(inputs.join(""))];
  const readers = operands.map(reader);
  return (index) => {
    const visit = (k: number, at: Record<string, number>): number => {
      if (k === letters.length)
        return readers.reduce((product, read, o) => product * read([...(inputs[o] as string)].map((l) => at[l] as number)), 1);
      const letter = letters[k] as string;
      const fixed = output.indexOf(letter);
      if (fixed >= 0) return visit(k + 1, { ...at, [letter]: index[fixed] as number });
      let total = 0;
      for (let i = 0; i < (sizes[letter] as number); i++) total += visit(k + 1, { ...at, [letter]: i });
      return total;
    };
    return visit(0, {});
  };
}

const word = (maxLength: number) => fc.array(fc.constantFrom(..."ijkl"), { maxLength }).map((letters) => letters.join(""));

test("is the sum that the letters say, for one operand or two, repeated letters and all; adjoint in each", () => {
  fc.assert(
    fc.property(
      fc.array(word(3), { minLength: 1, maxLength: 2 }),
      fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)),
      fc.gen(),
      (inputs, [i, j, k, l], gen) => {
        const sizes: Record<string, number> = { i, j, k, l };
        const present = [...new Set(inputs.join(""))];
        const output = gen(() => fc.shuffledSubarray(present)).join("");
        const operands = inputs.map((letters, o) =>
          randomArray(
            [...letters].map((letter) => sizes[letter] as number),
            o,
          ),
        );
        const formula = `${inputs.join(", ")} -> ${output}`;
        const want = [...output].map((letter) => sizes[letter] as number);
        expectNear(einsum(formula, ...operands), want, naive(inputs, output, operands, sizes), 1024);
        expect((values: readonly Value[]) => einsum(formula, ...values)).toHaveExactAdjoint(operands);
      },
    ),
    { numRuns: 300 },
  );
});

test.each([
  "ij,jk->ik",
  "ij,jk->ki",
  "ji,jk->ik",
  "ij,kj->ik",
  "ij,ij->i",
  "ij,ij->ij",
  "ij,ij->",
  "bij,bjk->bik",
  "bij,kb->bki",
  "i,j->ij",
  "ii,ij->j",
])("derivatives of every order: %s", (formula) => {
  const [left, right] = (formula.split("->")[0] as string).split(",") as [string, string];
  const x = [left, right].map((letters, o) =>
    randomArray(
      [...letters].map(() => 2),
      o,
    ),
  );
  const squared = ([a, b]: readonly Value[]): Value => {
    const z = einsum(formula, a as Value, b as Value);
    return mul(z, z);
  };
  expect(squared).toHaveCorrectGradient(x, { entries: 16 });
});

test("literal: product, trace, diagonal, transpose, outer product, row sums", () => {
  const a = ndarray(backend, [
    [1, 2],
    [3, 4],
  ]);
  const b = ndarray(backend, [
    [5, 6],
    [7, 8],
  ]);
  expect(einsum("ij,jk->ik", a, b).toNested()).toEqual([
    [19, 22],
    [43, 50],
  ]);
  expect(einsum("ii->", a).item()).toBe(5);
  expect(einsum("ii->i", a).toNested()).toEqual([1, 4]);
  expect(einsum("ij->ji", a).toNested()).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(einsum("i,j->ij", ndarray(backend, [1, 2]), ndarray(backend, [3, 4])).toNested()).toEqual([
    [3, 4],
    [6, 8],
  ]);
  expect(einsum("ij->i", a).toNested()).toEqual([3, 7]);
  expect(einsum(",->", ndarray(backend, 2), ndarray(backend, 3)).item()).toBe(6);
});

test("one operand, every order", () => {
  expectEveryOrder((x) => einsum("iji->j", x), randomArray([2, 3, 2], 1));
});

test("names the letter that does not fit, with its sizes", () => {
  const [a, b] = [randomArray([3, 4], 1), randomArray([5, 2], 2)];
  expect(() => einsum("ij,jk->ik", a, b)).toThrow(
    new ShapeError('einsum: j in "ij,jk->ik" stands for axes of sizes 4 and 5; they must be equal'),
  );
  expect(() => einsum("ii->i", a)).toThrow(new ShapeError('einsum: i in "ii->i" stands for axes of sizes 3 and 4; they must be equal'));
  expect(() => einsum("ij->ijk", a)).toThrow(new ShapeError('einsum: k in the result of "ij->ijk" is in no operand; its size is unknown'));
  expect(() => einsum("ij->ii", a)).toThrow(
    new ShapeError('einsum: i stands twice in the result of "ij->ii"; each axis of the result needs its own letter'),
  );
  expect(() => einsum("i->i", a)).toThrow(new ShapeError('einsum: "i" has 1 letters, operand 0 is [3, 4]; each axis needs one letter'));
  expect(() => einsum("ij,jk->ik", a)).toThrow(
    new ShapeError('einsum: "ij,jk->ik" names 2 operands and 1 were given; there must be as many as named'),
  );
  expect(() => einsum("ij,jk,kl->il", a, b, b)).toThrow(
    new ShapeError('einsum: "ij,jk,kl->il" names 3 operands; it takes one or two, so chain calls of two'),
  );
  expect(() => einsum("ij,jk", a, b)).toThrow(
    new ShapeError('einsum: "ij,jk" is not a formula; write letters for the axes of each operand and of the result, as in "ij,jk->ik"'),
  );
  expect(() => einsum("...i->i", a)).toThrow('einsum: "...i->i" is not a formula');
});
