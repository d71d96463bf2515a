import { ndarray } from "../array.js";
import { BackendError } from "../errors.js";
import { printNumber } from "../print-array.js";
import { showShape } from "../shape.js";
import type { Entry } from "../tape.js";
import { record } from "../transforms/record.js";
import { pullBack } from "../transforms/sweep.js";
import { leaves, paths, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { unravel } from "./location.js";
import { pullBackEach } from "./pull-back-each.js";

/** Where a NaN or an infinity first appears. */
export interface NonFiniteReport {
  readonly pass: "argument" | "forward" | "backward";
  /** The op whose result (or, backward, whose derivative) it is; the leaf of x if x itself holds it. */
  readonly op: string;
  /** The op's place among those that f ran, from 0; −1 if there is none. */
  readonly position: number;
  /** The entry, and what stands there. */
  readonly index: readonly number[];
  readonly value: number;
  readonly inputs: readonly NonFiniteInput[];
  /** A sentence for people. */
  toString(): string;
}

export interface NonFiniteInput {
  readonly shape: readonly number[];
  /** What the op read for that entry, where entries of input and result correspond. */
  readonly value: number | null;
  readonly least: number;
  readonly most: number;
}

/**
 * The first op of f, or of its backward pass, that makes a NaN or an infinity from finite numbers; null if f(x) and its gradient are finite.
 * @throws BackendError if x's backend cannot be read without waiting; `findNonFinite` waits
 * @remarks The backward pass pulls a cotangent of ones. Ops on constants are not on the tape: what they give is seen where it meets x.
 * An infinity on the way that leaves result and gradient finite (a mask of −∞ before softmax) is not reported.
 */
export function explainNonFinite<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): NonFiniteReport | null {
  const deaf = leaves(x).find((leaf) => !leaf.backend.readSync);
  if (deaf)
    throw new BackendError(
      `explainNonFinite: ${deaf.backend.name} cannot be read without waiting; use findNonFinite, which waits: \`await findNonFinite(f, x)\``,
    );
  const search = searched(f, x);
  let step = search.next();
  while (!step.done) step = search.next(step.value.toArray());
  return step.value;
}

/** `explainNonFinite` by promises, for backends that cannot be read without waiting too. */
export async function findNonFinite<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): Promise<NonFiniteReport | null> {
  const search = searched(f, x);
  let step = search.next();
  while (!step.done) step = search.next(await step.value.read());
  return step.value;
}

/** Something that asks for the numbers of values on its way to a T. */
type Reading<T> = Generator<Value, T, ArrayLike<number>>;

function* searched<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): Reading<NonFiniteReport | null> {
  for (const [k, leaf] of leaves(x).entries()) {
    const found = yield* firstNonFinite(leaf);
    if (found) return nonFiniteReport("argument", `x${paths(x)[k]}`, -1, found, []);
  }
  const { tape, inputs, output } = record(f, x);
  const results = leaves(output);
  for (const [k, result] of results.entries()) {
    const inResult = yield* firstNonFinite(result);
    if (!inResult) continue;
    for (const [position, entry] of tape.entries.entries()) {
      const found = yield* firstNonFinite(entry.output);
      if (found)
        return nonFiniteReport("forward", entry.primitive.name, position, found, yield* inputsAt(entry.inputs, entry.output, found.at));
    }
    return nonFiniteReport("forward", `f(x)${paths(output)[k]}, which does not depend on x`, -1, inResult, []);
  }
  const seeds = results.map((z) => [z, ndarray(z.backend, new Float64Array(z.size).fill(1), z.shape)] as const);
  if (!(yield* holdsNonFinite(pullBack(tape, seeds, inputs)))) return null;
  const pulled: (readonly [entry: Entry, arrived: Value, given: readonly (Value | null)[]])[] = [];
  pullBackEach(tape, seeds, (...pull) => pulled.push(pull));
  for (const [entry, arrived, given] of pulled) {
    // Finite cotangents may also overflow where they are added up.
    const candidates = [...given.map((ct, k) => [ct, entry.inputs[k] as Value] as const), [arrived, entry.output] as const];
    for (const [ct, holder] of candidates) {
      const found = ct && (yield* firstNonFinite(ct));
      if (!found) continue;
      const read = yield* inputsAt([...entry.inputs, arrived], holder, found.at);
      return nonFiniteReport("backward", entry.primitive.name, tape.entries.indexOf(entry), found, read);
    }
  }
  return null;
}

interface Found {
  readonly at: number;
  readonly index: readonly number[];
  readonly value: number;
}

function* firstNonFinite(a: Value): Reading<Found | null> {
  const flat = yield a;
  for (let at = 0; at < flat.length; at++) {
    const value = flat[at] as number;
    if (!Number.isFinite(value)) return { at, index: unravel(at, a.shape), value };
  }
  return null;
}

function* holdsNonFinite(values: readonly (Value | null)[]): Reading<boolean> {
  for (const value of values) if (value && (yield* firstNonFinite(value))) return true;
  return false;
}

function* inputsAt(inputs: readonly Value[], output: Value, at: number): Reading<readonly NonFiniteInput[]> {
  const found: NonFiniteInput[] = [];
  for (const input of inputs) {
    const flat = yield input;
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < flat.length; i++) [least, most] = [Math.min(least, flat[i] as number), Math.max(most, flat[i] as number)];
    found.push({ shape: input.shape, value: alignedEntry(input, output, at, flat), least, most });
  }
  return found;
}

/** The entry that broadcasting brings to `at`; null where shapes do not broadcast. */
function alignedEntry(input: Value, output: Value, at: number, flat: ArrayLike<number>): number | null {
  const lead = output.shape.length - input.shape.length;
  if (lead < 0 || !input.shape.every((n, axis) => n === 1 || n === output.shape[lead + axis])) return null;
  const index = unravel(at, output.shape);
  const position = input.shape.reduce((p, n, axis) => p * n + (n === 1 ? 0 : (index[lead + axis] as number)), 0);
  return flat[position] as number;
}

function nonFiniteReport(
  pass: NonFiniteReport["pass"],
  op: string,
  position: number,
  found: Found,
  inputs: readonly NonFiniteInput[],
): NonFiniteReport {
  const { index, value } = found;
  const place = index.length === 0 ? "" : ` at [${index.join(", ")}]`;
  const read = inputs.map(({ shape, value: v, least, most }) =>
    v === null
      ? `${showShape(shape)} with entries in ${printNumber(least)} … ${printNumber(most)}`
      : `${showShape(shape)} with ${printNumber(v)} there`,
  );
  const sentence = {
    argument: `${value} stands in the argument ${op}${place}, before f has run`,
    forward: `${value} first appears in the forward pass, in ${position < 0 ? op : `the result of ${op} (op ${position})`}${place}${read.length > 0 ? `; its inputs are ${read.join(" and ")}` : ""}`,
    backward: `${value} first appears in the backward pass, in the derivative of ${op} (op ${position})${place}; its inputs, and the cotangent that arrived, are ${read.join(" and ")}`,
  }[pass];
  return { pass, op, position, index, value, inputs, toString: () => sentence };
}
