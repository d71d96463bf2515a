import { cpu } from "@paramat/backends";
import { ndarray } from "../../src/array.js";
import * as ops from "../../src/ops/index.js";
import type { Rng } from "../../src/rng.js";
import { sameShape, showShape } from "../../src/shape.js";
import { checkpoint } from "../../src/transforms/checkpoint.js";
import type { Value } from "../../src/value.js";

/** A program that is right, with arguments for it. */
export interface RandomProgram {
  /** As a formula, for reports. */
  readonly source: string;
  readonly f: (x: readonly Value[]) => Value;
  readonly x: readonly Value[];
}

/** A step: from earlier results to a new one. Steps keep entries within about ±3, so that nothing overflows and nothing is lost to rounding. */
interface Step {
  readonly source: string;
  readonly run: (done: readonly Value[]) => Value;
}

const backend = cpu("float64");

const unary: readonly (readonly [string, (x: Value) => Value])[] = [
  ["sin", ops.sin],
  ["cos", ops.cos],
  ["tanh", ops.tanh],
  ["exp(0.3 ·)", (x) => ops.exp(ops.mul(0.3, ops.tanh(x)))],
  ["log(2 + ·²)", (x) => ops.log(ops.add(2, ops.square(x)))],
  ["sqrt(1 + ·²)", (x) => ops.sqrt(ops.add(1, ops.square(x)))],
  ["sigmoid", ops.sigmoid],
  ["softplus", ops.softplus],
  ["1/(2 + cos)", (x) => ops.reciprocal(ops.add(2, ops.cos(x)))],
  ["neg", ops.neg],
  ["softmax", (x) => (x.shape.length === 0 ? x : ops.softmax(x))],
  ["reshape", (x) => ops.reshape(x, [...x.shape].reverse())],
  ["transpose", (x) => ops.transpose(x)],
  ["flip", (x) => ops.flip(x)],
  ["cumsum", (x) => (x.shape.length === 0 ? x : ops.mul(0.3, ops.cumsum(x, { axis: 0 })))],
  ["roll", (x) => (x.shape.length === 0 ? x : ops.roll(x, 1, 0))],
  ["reflect", (x) => ((x.shape[0] ?? 0) < 2 ? x : ops.extend(x, 0, 1, 1, "reflect"))],
  ["half", (x) => ((x.shape[0] ?? 0) < 2 ? x : ops.slice(x, 0, 1))],
  ["every second, backwards", (x) => ((x.shape[0] ?? 0) < 2 ? x : ops.slice(x, 0, -1, undefined, -2))],
  ["mean over the first axis", (x) => (x.shape.length === 0 ? x : ops.mean(x, { axes: 0 }))],
  ["kept sum", (x) => (x.shape.length === 0 ? x : ops.mul(0.3, ops.sum(x, { axes: -1, keepAxes: true })))],
  ["repeated", (x) => ops.broadcastTo(x, [2, ...x.shape])],
  ["gram", (x) => ops.tanh(ops.mul(0.5, ops.matmul(matrix(x), matrix(x), { transposeB: true })))],
  ["checkpointed sin", (x) => checkpoint((y: Value) => ops.sin(y))(x)],
];

const binary: readonly (readonly [string, (x: Value, y: Value) => Value])[] = [
  ["add", (x, y) => ops.mul(0.7, ops.add(x, y))],
  ["sub", (x, y) => ops.mul(0.7, ops.sub(x, y))],
  ["mul", (x, y) => ops.tanh(ops.mul(x, y))],
  ["div", (x, y) => ops.div(x, ops.add(2, ops.square(y)))],
  ["where", (x, y) => ops.where(ops.greater(ndarray(x.backend, 1), 0), x, y)],
];

/** Ops with corners, which random arguments lie beside. */
const kinked: readonly (readonly [string, (x: Value) => Value])[] = [
  ["relu", ops.relu],
  ["abs", ops.abs],
  ["clip to ±1", (x) => ops.clip(x, -1, 1)],
  ["max over the first axis", (x) => (x.shape.length === 0 ? x : ops.max(x, { axes: 0 }))],
  ["max of all", (x) => ops.max(x)],
  ["maximum with itself turned", (x) => ops.maximum(ops.flip(x), x)],
  ["max pool of pairs", (x) => (x.size < 2 ? x : ops.maxPool(ops.reshape(x, [1, x.size, 1]), { window: 2 }))],
];

/**
 * A program of 2 to 6 steps after its 1 to 3 arguments; each step reads any earlier results, so results are shared as in a graph.
 * @param corners whether a third of its steps turn corners
 */
export function randomProgram(stream: Rng, corners = false): RandomProgram {
  const x = Array.from({ length: 1 + stream.int(3) }, () => randomArray(stream));
  const done: Value[] = [...x];
  const steps: Step[] = [];
  const numSteps = 2 + stream.int(5);
  while (steps.length < numSteps) {
    const step = randomStep(stream, done, corners);
    const result = step.run(done);
    // Small enough that a thousand programs are checked in seconds.
    if (result.size > 16) continue;
    steps.push(step);
    done.push(result);
  }
  const source = `x: ${x.map((leaf) => showShape(leaf.shape)).join(", ")}; ${steps.map((step, i) => `r${x.length + i} = ${step.source}`).join("; ")}`;
  // The arguments that nothing reads stay: their derivative is zero, and must be.
  const f = (at: readonly Value[]) => {
    const results = [...at];
    for (const step of steps) results.push(step.run(results));
    return results.at(-1) as Value;
  };
  return { source, f, x };
}

function randomStep(stream: Rng, done: readonly Value[], corners: boolean): Step {
  // Late results are likelier, so that programs become deep.
  const pick = () => done.length - 1 - Math.min(stream.int(done.length), stream.int(done.length));
  const i = pick();
  if (corners && stream.int(3) === 0) {
    const [name, op] = kinked[stream.int(kinked.length)] as (typeof kinked)[number];
    return { source: `${name}(r${i})`, run: (r) => op(r[i] as Value) };
  }
  const kind = stream.int(10);
  if (kind < 6) {
    const [name, op] = unary[stream.int(unary.length)] as (typeof unary)[number];
    return { source: `${name}(r${i})`, run: (r) => op(r[i] as Value) };
  }
  const fitting = done.flatMap((other, j) => (fits(done[i] as Value, other) ? [j] : []));
  const j = fitting[stream.int(fitting.length)] as number;
  if (kind < 9) {
    const [name, op] = binary[stream.int(binary.length)] as (typeof binary)[number];
    return { source: `${name}(r${i}, r${j})`, run: (r) => op(r[i] as Value, r[j] as Value) };
  }
  return {
    source: `column r${i} · row r${j}`,
    run: (r) => ops.tanh(ops.matmul(ops.reshape(r[i] as Value, [-1, 1]), ops.reshape(r[j] as Value, [1, -1]))),
  };
}

function fits(a: Value, b: Value): boolean {
  return (
    sameShape(a.shape, b.shape) ||
    b.shape.length === 0 ||
    sameShape(a.shape.slice(1), b.shape) ||
    sameShape([...a.shape.slice(0, -1), 1], b.shape)
  );
}

/** x as a matrix whose rows run along its last axis. */
function matrix(x: Value): Value {
  return ops.reshape(x, [-1, x.shape.at(-1) ?? 1]);
}

function randomArray(stream: Rng): Value {
  const shape = Array.from({ length: stream.int(3) }, () => 1 + stream.int(3));
  const size = shape.reduce((n, s) => n * s, 1);
  return ndarray(
    backend,
    Float64Array.from({ length: size }, () => 1.5 * stream.normal()),
    shape,
  );
}
