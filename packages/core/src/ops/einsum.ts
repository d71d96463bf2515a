import { ShapeError } from "../errors.js";
import { showShape } from "../shape.js";
import type { Value } from "../value.js";
import { contractLabels, type Labelled, orderLabels, reduceLabels, requireOneSize } from "./contract-labels.js";

/**
 * Products and sums named by letters, one for each axis: `einsum("ij,jk->ik", a, b)` is Σ_j a[i, j] b[j, k].
 * A letter that the result lacks is summed over; one that stands twice in an operand reads its diagonal; one in both operands and the result is a batch.
 * @param formula operands' letters separated by a comma, `->`, the result's letters; spaces do not matter
 * @param operands one or two
 * @throws ShapeError naming the letter: sizes differ, no operand has it, it stands twice in the result, or the letters do not match the axes
 * @remarks Computed as one matrix product of permuted and reshaped operands; nothing is copied where they already stand in an order that the product can read.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { einsum, ndarray } from "@paramat/core";
 * const a = ndarray(cpu(), [[1, 2], [3, 4]]);
 * einsum("ii->", a).item(); // → 5
 * einsum("ij,kj->ik", a, a).toNested(); // → [[5, 11], [11, 25]]
 */
export function einsum(formula: string, ...operands: readonly Value[]): Value {
  const { inputs, output } = parse(formula);
  if (inputs.length > 2) {
    throw new ShapeError(`einsum: "${formula}" names ${inputs.length} operands; it takes one or two, so chain calls of two`);
  }
  if (inputs.length !== operands.length) {
    throw new ShapeError(
      `einsum: "${formula}" names ${inputs.length} operands and ${operands.length} were given; there must be as many as named`,
    );
  }
  const labelled = operands.map((value, i) => ({ value, labels: inputs[i] as readonly string[] }));
  labelled.forEach(({ value, labels }, i) => {
    if (labels.length !== value.shape.length) {
      throw new ShapeError(
        `einsum: "${labels.join("")}" has ${labels.length} letters, operand ${i} is ${showShape(value.shape)}; each axis needs one letter`,
      );
    }
  });
  requireOneSize("einsum", labelled, (letter) => `${letter} in "${formula}"`);
  const [a, b] = labelled as [Labelled, Labelled?];
  if (!b) return orderLabels(reduceLabels(a, new Set(output)), output);
  return contractLabels(reduceLabels(a, new Set([...b.labels, ...output])), reduceLabels(b, new Set([...a.labels, ...output])), output);
}

function parse(formula: string): { inputs: string[][]; output: string[] } {
  const sides = formula.replaceAll(" ", "").split("->");
  const [left, right] = sides;
  if (sides.length !== 2 || left === undefined || right === undefined || !/^[A-Za-z,]*$/.test(left) || !/^[A-Za-z]*$/.test(right)) {
    throw new ShapeError(
      `einsum: "${formula}" is not a formula; write letters for the axes of each operand and of the result, as in "ij,jk->ik"`,
    );
  }
  const inputs = left.split(",").map((letters) => [...letters]);
  const output = [...right];
  output.forEach((letter, axis) => {
    if (output.indexOf(letter) !== axis)
      throw new ShapeError(`einsum: ${letter} stands twice in the result of "${formula}"; each axis of the result needs its own letter`);
    if (!inputs.some((letters) => letters.includes(letter)))
      throw new ShapeError(`einsum: ${letter} in the result of "${formula}" is in no operand; its size is unknown`);
  });
  return { inputs, output };
}
