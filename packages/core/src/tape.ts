import type { Backend, Buffer } from "@paramat/backends";
import { NDArray } from "./array.js";
import { BackendError } from "./errors.js";
import { namesOfTwo } from "./names-of-two.js";
import type { Primitive } from "./primitive.js";
import type { Shape } from "./shape.js";
import { isValue } from "./tree.js";
import { type Nested, type StoredArray, type Value, valueBrand } from "./value.js";

/**
 * How derivatives work here. A transform opens a tape, watches its arguments, runs the user's function, closes the tape, and sweeps over it.
 *
 * Every result that depends on a watched argument is a `Traced`: its numbers, and the tapes that are watching. An op whose inputs are watched by
 * several tapes is recorded on each of them. There is no stack of tapes and no current tape, so nothing outside the values says who is
 * differentiating what: a sweep over a tape touches only what depends on that tape's own arguments, and so nested derivatives cannot be confused.
 * A closed tape records nothing more; for whatever comes later its values are constants.
 *
 * The rules that a sweep calls are ordinary ops on the recorded values. If those are watched by another tape that is still open, the sweep is itself
 * recorded there: that is all there is to derivatives of higher order, in either mode.
 */
export class Tape {
  readonly entries: Entry[] = [];
  private recording = true;

  get isOpen(): boolean {
    return this.recording;
  }

  /** x, watched by this tape. Tapes that watch x already see the copy as the identity of x. */
  watch(x: Value): Traced {
    const outer = openTapes([x]);
    const watched = new Traced(x.array, [this, ...outer]);
    for (const tape of outer) tape.entries.push({ primitive: identity, inputs: [x], output: watched, params: undefined });
    return watched;
  }

  close(): void {
    this.recording = false;
  }

  /** Whether x depends on something that this tape watches. */
  sees(x: Value): x is Traced {
    return x instanceof Traced && x.tapes.includes(this);
  }
}

/** One op that a tape has seen. */
export interface Entry {
  /** Its own params stand beside it, whatever they are. */
  readonly primitive: Primitive<unknown>;
  readonly inputs: readonly Value[];
  readonly output: Traced;
  readonly params: unknown;
}

/** An array that tapes are watching. */
export class Traced implements Value {
  readonly [valueBrand] = true;

  constructor(
    readonly array: NDArray,
    readonly tapes: readonly Tape[],
  ) {}

  get backend(): Backend {
    return this.array.backend;
  }
  get shape(): Shape {
    return this.array.shape;
  }
  get size(): number {
    return this.array.size;
  }
  item(): number {
    return this.array.item();
  }
  toArray(): Float64Array {
    return this.array.toArray();
  }
  toNested(): Nested {
    return this.array.toNested();
  }
  read(): Promise<Float64Array> {
    return this.array.read();
  }
  toJSON(): Nested {
    return this.array.toJSON();
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  toString(): string {
    return this.array.toString();
  }
}

/**
 * Applies an op: checks shapes, computes the numbers, and records on every open tape that watches an input.
 * @throws ShapeError from the op's shape rule; BackendError if the inputs live on different backends
 */
export function apply<P>(primitive: Primitive<P>, inputs: readonly Value[], params: P): Value {
  const arrays = inputs.map((x, i) => requireValue(primitive.name, x, i).array);
  const shape = primitive.shape(
    arrays.map((x) => x.shape),
    params,
  );
  const backend = sharedBackend(primitive.name, arrays);
  if (backend.records) for (const x of arrays) requireLasting(x);
  const buffer: Buffer = primitive.forward(backend, arrays, params, shape);
  const result = new NDArray(primitive.resultBackend?.(params) ?? backend, buffer, shape, leaseOf(arrays, buffer));
  const tapes = openTapes(inputs);
  if (tapes.length === 0) return result;
  const output = new Traced(result, tapes);
  const entry: Entry = { primitive, inputs: inputs.map(settled), output, params };
  for (const tape of tapes) tape.entries.push(entry);
  return output;
}

/** @throws TypeError if x, which TypeScript takes for a value, is none */
export function requireValue(op: string, x: Value, position: number): Value {
  if (isValue(x)) return x;
  const found = Array.isArray(x) ? "a plain array" : x === undefined ? "missing" : `${typeof x} ${String(x)}`;
  throw new TypeError(`${op}: argument ${position} is ${found}; it must be an array made by ndarray(backend, …)`);
}

/** x itself while an open tape watches it, else its numbers: what only closed tapes have seen is a constant. */
export function settled(x: Value): Value {
  return openTapes([x]).length > 0 ? x : x.array;
}

/** Whether a tape that is still recording watches x. */
export function isWatched(x: Value): boolean {
  return openTapes([x]).length > 0;
}

function openTapes(inputs: readonly Value[]): Tape[] {
  const tapes: Tape[] = [];
  for (const x of inputs) {
    if (!(x instanceof Traced)) continue;
    for (const tape of x.tapes) if (tape.isOpen && !tapes.includes(tape)) tapes.push(tape);
  }
  return tapes;
}

function sharedBackend(op: string, arrays: readonly NDArray[]): Backend {
  let backend = arrays[0]?.backend;
  if (!backend) throw new BackendError(`${op}: no array among the arguments; at least one must be made by ndarray(backend, …)`);
  for (const x of arrays) {
    // What a recorder's program keeps as constants are arrays of the backend that it records for. Of two recorders one is done, and says so.
    if (x.backend.records === backend) backend = x.backend;
    else if (x.backend !== backend && backend.records !== x.backend && !(backend.records && x.backend.records)) {
      throw new BackendError(`${op}: arrays live on ${namesOfTwo(backend, x.backend)}; move one with toBackend(x, backend)`);
    }
  }
  return backend;
}

/** What is another view of a lent array is lent with it: the lease of the one of `arrays` that has this buffer, if it has one. */
export function leaseOf(arrays: readonly StoredArray[], buffer: Buffer): (() => void) | undefined {
  const owner = arrays.find((x) => x.isLent && x.buffer === buffer);
  return owner && (() => void owner.buffer);
}

/**
 * What a program keeps as a constant must stay what it is.
 * @throws BackendError for a result of a function compiled with { carry: true }
 */
export function requireLasting(x: NDArray): void {
  if (!x.isLent) return;
  throw new BackendError(
    "compile: the function takes a result of a function compiled with { carry: true } from outside, whose place is given to later results; " +
      "pass it as an argument, or take a copy of it: mul(x, 1)",
  );
}

const identity: Primitive<undefined> = {
  name: "identity",
  shape: ([x]) => x as Shape,
  forward: (_, [x]) => (x as NDArray).buffer,
  jvp: (_inputs, [dx]) => dx as Value | null,
  vjp: (_inputs, ct) => [ct],
};
