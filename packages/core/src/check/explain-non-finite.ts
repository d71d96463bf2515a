import { ndarray } from "../array.js";
import { BackendError } from "../errors.js";
import { printNumber } from "../print-array.js";
import { showShape } from "../shape.js";
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
 * @throws BackendError if x's backend cannot be read without waiting
 * @remarks The backward pass pulls a cotangent of ones. Ops on constants are not on the tape: what they give is seen where it meets x.
 * An infinity on the way that leaves result and gradient finite (a mask of −∞ before softmax) is not reported.
 */
export function explainNonFinite<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): NonFiniteReport | null {
  const arguments_ = leaves(x);
  const deaf = arguments_.find((leaf) => !leaf.backend.readSync);
  if (deaf)
    throw new BackendError(
      `explainNonFinite: ${deaf.backend.name} cannot be read without waiting; move x to one that can: \`ndarray(cpu(), await x.read(), x.shape)\``,
    );
  for (const [k, leaf] of arguments_.entries()) {
    const found = firstNonFinite(leaf);
    if (found) return nonFiniteReport("argument", `x${paths(x)[k]}`, -1, found, []);
  }
  const { tape, inputs, output } = record(f, x);
  const results = leaves(output);
  if (results.some(firstNonFinite)) {
    for (const [position, entry] of tape.entries.entries()) {
      const found = firstNonFinite(entry.output);
      const read = () => entry.inputs.map((a) => inputAt(a, entry.output, (found as Found).at));
      if (found) return nonFiniteReport("forward", entry.primitive.name, position, found, read());
    }
    const k = results.findIndex(firstNonFinite);
    return nonFiniteReport(
      "forward",
      `f(x)${paths(output)[k]}, which does not depend on x`,
      -1,
      firstNonFinite(results[k] as Value) as Found,
      [],
    );
  }
  const seeds = results.map((z) => [z, ndarray(z.backend, new Float64Array(z.size).fill(1), z.shape)] as const);
  if (pullBack(tape, seeds, inputs).every((ct) => !ct || !firstNonFinite(ct))) return null;
  let report: NonFiniteReport | null = null;
  pullBackEach(tape, seeds, (entry, arrived, given) => {
    if (report) return;
    const bad = given.findIndex((ct) => ct && firstNonFinite(ct));
    // Finite cotangents may also overflow where they are added up.
    const [at, holder] = bad >= 0 ? [given[bad] as Value, entry.inputs[bad] as Value] : [arrived, entry.output];
    const found = firstNonFinite(at);
    if (!found) return;
    const read = [...entry.inputs, arrived].map((a) => inputAt(a, holder, found.at));
    report = nonFiniteReport("backward", entry.primitive.name, tape.entries.indexOf(entry), found, read);
  });
  return report;
}

interface Found {
  readonly at: number;
  readonly index: readonly number[];
  readonly value: number;
}

function firstNonFinite(a: Value): Found | null {
  const flat = a.toArray();
  const at = flat.findIndex((v) => !Number.isFinite(v));
  return at < 0 ? null : { at, index: unravel(at, a.shape), value: flat[at] as number };
}

function inputAt(input: Value, output: Value, at: number): NonFiniteInput {
  const flat = input.toArray();
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of flat) [least, most] = [Math.min(least, v), Math.max(most, v)];
  return { shape: input.shape, value: alignedEntry(input, output, at, flat), least, most };
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
