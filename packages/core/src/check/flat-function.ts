import type { Backend } from "@paramat/backends";
import { ndarray } from "../array.js";
import { LawError, ShapeError } from "../errors.js";
import { add } from "../ops/add.js";
import { mul } from "../ops/mul.js";
import { sum } from "../ops/sum.js";
import { requireReadable } from "../require-readable.js";
import { sameShape, showShape } from "../shape.js";
import { linearize } from "../transforms/linearize.js";
import { record } from "../transforms/record.js";
import { leaves, paths, rebuild, type Tree, zipLeaves } from "../tree.js";
import type { Value } from "../value.js";
import type { FlatLeaf } from "./location.js";
import { units } from "./units.js";

/** J and Jᵀ at one point, over flat vectors. */
export interface FlatLinearization {
  readonly value: Float64Array;
  jvp(dx: Float64Array): Float64Array;
  vjp(ct: Float64Array): Float64Array;
}

/** f: tree → tree seen as a map Rⁿ → Rᵐ, with the point x at which it is checked. */
export interface FlatFunction<X extends Tree> {
  readonly x: Float64Array;
  readonly inputs: readonly FlatLeaf[];
  readonly outputs: readonly FlatLeaf[];
  readonly numIn: number;
  readonly numOut: number;
  /** f(x). */
  readonly value: Float64Array;
  /** What a change of each entry of x is measured in; see `units`. */
  readonly unit: Float64Array;
  /** The largest number that f meets on its way from x; rounding is at least epsilon times this. */
  readonly magnitude: number;
  readonly epsilon: number;
  readonly backend: Backend;
  at(point: Float64Array): Float64Array;
  linearize(point: Float64Array): FlatLinearization;
  /** Fresh arrays with these numbers, of the form of x. */
  tree(point: Float64Array): X;
  /** @throws ShapeError unless the tree has the form of x */
  flattenInput(tree: Tree): Float64Array;
  /** Fresh arrays with these numbers, of the form of f(x). */
  resultTree(point: Float64Array): Tree;
  run(x: X): Tree;
  /** x ↦ ⟨ct, f(x)⟩, on trees. */
  contracted(ct: Float64Array): (x: X) => Value;
}

/**
 * f over flat vectors, at the point x.
 * @throws ShapeError if x holds no array; BackendError if its backend cannot be read without waiting; LawError if the form of f's result changes
 */
export function flatFunction<X extends Tree, Z extends Tree>(op: string, f: (x: X) => Z, x: X): FlatFunction<X> {
  const inputs = flatLeaves(x, "x");
  const first = leaves(x)[0];
  if (!first) throw new ShapeError(`${op}: x holds no array; it must be an array, or a tree of arrays, made by ndarray(backend, …)`);
  const { backend } = first;
  requireReadable(op, backend);
  const tree = (point: Float64Array): X =>
    rebuild(
      x,
      inputs.map(({ shape, start, size }) => ndarray(backend, point.subarray(start, start + size), shape)),
    );
  const point = flatten(x);
  const { tape, value: result } = record(f, tree(point));
  const outputs = flatLeaves(result, "f(x)");
  const value = flatten(result);
  const flattenResult = (z: Z): Float64Array => {
    const flat = flatten(z);
    if (flat.length !== value.length) {
      throw new LawError(
        `${op}: f gives ${value.length} numbers at x and ${flat.length} beside it; the form of its result must not depend on x's numbers`,
      );
    }
    return flat;
  };
  const magnitude = tape.entries.reduce(
    (most, entry) => [...entry.inputs, entry.output].reduce((m, a) => Math.max(m, finiteMax(a)), most),
    Math.max(finiteMax(value), finiteMax(point)),
  );
  const resultTree = (flat: Float64Array): Z =>
    rebuild(
      result,
      outputs.map(({ shape, start, size }) => ndarray(backend, flat.subarray(start, start + size), shape)),
    );
  const at = (p: Float64Array) => flattenResult(f(tree(p)));
  return {
    x: point,
    inputs,
    outputs,
    numIn: point.length,
    numOut: value.length,
    value,
    unit: units(point, inputs, at),
    magnitude,
    epsilon: backend.epsilon,
    backend,
    at,
    linearize(p) {
      const J = linearize(f, tree(p));
      return {
        value: flattenResult(J.value),
        jvp: (dx) => flattenShaped("jvp", "tangent", J.apply(tree(dx)), outputs),
        vjp: (ct) => flattenShaped("vjp", "cotangent", J.applyTranspose(resultTree(ct)), inputs),
      };
    },
    tree,
    flattenInput(other) {
      zipLeaves(op, x, other);
      return flatten(other);
    },
    resultTree,
    run: f,
    contracted: (ct) => (at) => {
      const terms = leaves(f(at)).map((z, i) => {
        const { shape, start, size } = outputs[i] as FlatLeaf;
        return sum(mul(z, ndarray(backend, ct.subarray(start, start + size), shape)));
      });
      return terms.length === 0 ? ndarray(backend, 0) : terms.reduce((a, b) => add(a, b));
    },
  };
}

/** The entries of all leaves, one after another. */
export function flatten(tree: Tree): Float64Array {
  const parts = leaves(tree).map((leaf) => leaf.toArray());
  const flat = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
  let start = 0;
  for (const part of parts) {
    flat.set(part, start);
    start += part.length;
  }
  return flat;
}

/** @throws LawError if a rule gave an array of another shape than what it belongs to */
function flattenShaped(rule: string, what: string, tree: Tree, parts: readonly FlatLeaf[]): Float64Array {
  leaves(tree).forEach(({ shape }, i) => {
    const part = parts[i] as FlatLeaf;
    if (!sameShape(shape, part.shape)) {
      throw new LawError(
        `${rule}: the ${what} of ${part.name} has shape ${showShape(shape)}; it must be ${showShape(part.shape)}, as ${part.name} is`,
      );
    }
  });
  return flatten(tree);
}

function flatLeaves(tree: Tree, name: string): FlatLeaf[] {
  const names = paths(tree);
  let start = 0;
  return leaves(tree).map(({ shape, size }, i) => {
    const leaf = { name: `${name}${names[i]}`, shape, start, size };
    start += size;
    return leaf;
  });
}

function finiteMax(a: ArrayLike<number> | Value): number {
  const numbers = "toArray" in a ? a.toArray() : a;
  let most = 0;
  for (let i = 0; i < numbers.length; i++) {
    const size = Math.abs(numbers[i] as number);
    if (size > most && size < Number.POSITIVE_INFINITY) most = size;
  }
  return most;
}
