import { ShapeError } from "../errors.js";
import type { Value } from "../value.js";
import { diagonal } from "./diag.js";
import { matmul } from "./matmul.js";
import { mul } from "./mul.js";
import { reshape } from "./reshape.js";
import { sum } from "./sum.js";
import { moveAxis, transpose } from "./transpose.js";

/** An array with a name for each of its axes. */
export interface Labelled {
  readonly value: Value;
  readonly labels: readonly string[];
}

/** Axes of one label become their diagonal, and labels that nobody `needs` are summed. */
export function reduceLabels(x: Labelled, needs: ReadonlySet<string>): Labelled {
  let { value, labels } = x;
  for (let twice = findTwice(labels); twice; twice = findTwice(labels)) {
    const [first, second] = twice;
    value = diagonal(moveAxis(moveAxis(value, second, -1), first, -2));
    labels = [...labels.filter((_, axis) => axis !== first && axis !== second), labels[first] as string];
  }
  const spare = labels.flatMap((label, axis) => (needs.has(label) ? [] : [axis]));
  if (spare.length === 0) return { value, labels };
  return { value: sum(value, { axes: spare }), labels: labels.filter((label) => needs.has(label)) };
}

/** The axes in the order of `to`, which names each label once. */
export function orderLabels({ value, labels }: Labelled, to: readonly string[]): Value {
  return transpose(
    value,
    to.map((label) => labels.indexOf(label)),
  );
}

/**
 * Σ a b over the labels that both have and `to` has not. Every label stands once in each operand, and labels of one operand only are in `to`.
 * Labels that both have must have one size.
 */
export function contractLabels(a: Labelled, b: Labelled, to: readonly string[]): Value {
  const batch = to.filter((label) => a.labels.includes(label) && b.labels.includes(label));
  const contracted = a.labels.filter((label) => b.labels.includes(label) && !to.includes(label));
  const rows = to.filter((label) => !b.labels.includes(label));
  const cols = to.filter((label) => !a.labels.includes(label));
  // Rows after columns in the result: the product of the transposes gives them in that order.
  if (rows.length > 0 && sameLabels(to, [...batch, ...cols, ...rows])) return matrixProduct(b, a, batch, cols, rows, contracted);
  if (contracted.length === 0)
    return orderLabels({ value: pointwiseProduct(a, b, [...batch, ...rows, ...cols]), labels: [...batch, ...rows, ...cols] }, to);
  if (batch.length > 0 && rows.length === 0 && cols.length === 0) {
    // One dot product for each batch entry: a pass over the entries is faster than as many products of 1 × k by k × 1.
    const all = [...batch, ...contracted];
    const axes = contracted.map((_, i) => batch.length + i);
    return sum(pointwiseProduct(a, b, all), { axes });
  }
  return orderLabels({ value: matrixProduct(a, b, batch, rows, cols, contracted), labels: [...batch, ...rows, ...cols] }, to);
}

/** a b with axes [...batch, ...rows, ...cols]. */
function matrixProduct(
  a: Labelled,
  b: Labelled,
  batch: readonly string[],
  rows: readonly string[],
  cols: readonly string[],
  contracted: readonly string[],
): Value {
  const left = asMatrices(a, batch, rows, contracted);
  const right = asMatrices(b, batch, contracted, cols);
  const sizes = (x: Labelled, labels: readonly string[]) => labels.map((label) => sizeAlong(x, label));
  const product = matmul(left.value, right.value, { transposeA: left.transposed, transposeB: right.transposed });
  return reshape(product, [...sizes(a, batch), ...sizes(a, rows), ...sizes(b, cols)]);
}

/** [batch, m, n]; axes that already stand as [batch, n, m] stay so, since the product reads transposes without a copy. */
function asMatrices(
  x: Labelled,
  batch: readonly string[],
  m: readonly string[],
  n: readonly string[],
): { value: Value; transposed: boolean } {
  const size = (labels: readonly string[]) => labels.reduce((product, label) => product * sizeAlong(x, label), 1);
  const transposed = !sameLabels(x.labels, [...batch, ...m, ...n]) && sameLabels(x.labels, [...batch, ...n, ...m]);
  const [first, second] = transposed ? [n, m] : [m, n];
  const matrix = [size(first), size(second)];
  return {
    value: reshape(orderLabels(x, [...batch, ...first, ...second]), batch.length > 0 ? [size(batch), ...matrix] : matrix),
    transposed,
  };
}

/** a b entry by entry, both broadcast to the axes `to`. */
function pointwiseProduct(a: Labelled, b: Labelled, to: readonly string[]): Value {
  const spread = (x: Labelled) => {
    const ordered = orderLabels(
      x,
      to.filter((label) => x.labels.includes(label)),
    );
    return reshape(
      ordered,
      to.map((label) => (x.labels.includes(label) ? sizeAlong(x, label) : 1)),
    );
  };
  return mul(spread(a), spread(b));
}

/** @throws ShapeError where one label has two sizes */
export function requireOneSize(op: string, operands: readonly Labelled[], name: (label: string) => string): void {
  const sizes = new Map<string, number>();
  for (const { value, labels } of operands) {
    labels.forEach((label, axis) => {
      const n = value.shape[axis] as number;
      const have = sizes.get(label) ?? n;
      if (have !== n) throw new ShapeError(`${op}: ${name(label)} stands for axes of sizes ${have} and ${n}; they must be equal`);
      sizes.set(label, n);
    });
  }
}

function sizeAlong({ value, labels }: Labelled, label: string): number {
  return value.shape[labels.indexOf(label)] as number;
}

function sameLabels(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((label, axis) => label === b[axis]);
}

function findTwice(labels: readonly string[]): [number, number] | undefined {
  const second = labels.findIndex((label, axis) => labels.indexOf(label) !== axis);
  return second < 0 ? undefined : [labels.indexOf(labels[second] as string), second];
}
