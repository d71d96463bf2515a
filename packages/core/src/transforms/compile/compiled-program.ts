import { type Backend, type Buffer, createProgram, type Graph, type Program, recorder } from "@paramat/backends";
import { NDArray } from "../../array.js";
import { BackendError, NotDifferentiableError } from "../../errors.js";
import { namesOfTwo } from "../../names-of-two.js";
import type { Rng } from "../../rng.js";
import type { Shape } from "../../shape.js";
import { isWatched, leaseOf, requireLasting } from "../../tape.js";
import type { Value } from "../../value.js";
import { argumentNames, type FlatArguments, rebuildArguments } from "./flat-arguments.js";
import { recordedRng } from "./recorded-rng.js";
import { requireSameForm, resultForm } from "./result-form.js";

/** A function compiled for arguments of one form. */
export interface CompiledProgram<Z> {
  readonly program: Program;
  run(values: readonly Value[], streams: readonly Rng[]): Z;
}

/**
 * Records f twice, to see that it does the same each time, and makes a program of it.
 * @throws BackendError where f reads a value, depends on what is no argument, or gives arrays of another backend
 */
export function compiledProgram<A extends readonly unknown[], Z>(
  f: (...args: A) => Z,
  args: A,
  flat: FlatArguments,
  target: Backend,
  carry: boolean,
): CompiledProgram<Z> {
  // What f makes on the target itself becomes constants, which must outlive the scope that is open now.
  return (target.unscoped ?? justRun)(() => {
    const { graph, ...form } = recordedTwice(f, args, flat, target);
    return runnable(createProgram(graph, target, { inputs: flat.values.map(({ size }) => size), carry }), form, carry);
  });
}

interface Recorded<Z> {
  readonly graph: Graph;
  readonly shapes: readonly Shape[];
  readonly rebuild: (values: readonly Value[]) => Z;
}

function recordedTwice<A extends readonly unknown[], Z>(
  f: (...args: A) => Z,
  args: A,
  { values, streams }: FlatArguments,
  target: Backend,
): Recorded<Z> {
  const names = argumentNames(args);
  const record = (earlier?: Graph) => {
    const recording = recorder(target, earlier);
    const inputs = values.map((x, i) => new NDArray(recording.backend, recording.input(i, x.size, names[i]), x.shape));
    const draws = streams.map((_, i) => recordedRng(recording, i));
    const { values: results, words, rebuild } = resultForm(f(...(rebuildArguments(args, inputs, draws) as unknown as A)));
    const graph = recording.finish(results.map((z) => ownBuffer(z, recording.backend)));
    return { graph, shapes: results.map(({ shape }) => shape), words, rebuild };
  };
  const { words, ...first } = record();
  requireSameForm(words, record(first.graph).words);
  return first;
}

/** Apart from the recording, so that a program keeps nothing of the arguments that it was recorded with. */
function runnable<Z>(program: Program, { shapes, rebuild }: Omit<Recorded<Z>, "graph">, carry: boolean): CompiledProgram<Z> {
  const clock = { runs: 0 };
  return {
    program,
    run(given, sources) {
      clock.runs++;
      const lease = carry ? leaseFrom(clock, clock.runs) : undefined;
      // Leases of the run before the last end here, before the arguments are looked at.
      const arrays = given.map((x) => x.array);
      const results = program.run(
        arrays.map((x) => x.buffer),
        sources,
      );
      const leaseFor = (buffer: Buffer) => lease ?? leaseOf(arrays, buffer);
      return rebuild(results.map((buffer, i) => new NDArray(program.target, buffer, shapes[i] as Shape, leaseFor(buffer))));
    },
  };
}

/** Made apart, so that a result holds on to nothing of the call that gave it: else each would hold all before it. */
function leaseFrom(clock: { readonly runs: number }, run: number): () => void {
  return () => {
    if (clock.runs - run >= 2) throw expired();
  };
}

function ownBuffer(z: Value, recording: Backend): Buffer {
  if (isWatched(z)) {
    throw new NotDifferentiableError(
      "compile: the function depends on a watched value that is not among its arguments, whose derivative would be lost; pass it as an argument",
    );
  }
  if (z.backend !== recording && z.backend !== recording.records) {
    throw new BackendError(
      `compile: the array that the function gives and its arguments live on ${namesOfTwo(z.backend, recording)}; move one with toBackend(x, backend)`,
    );
  }
  requireLasting(z.array);
  return z.array.buffer;
}

function expired(): BackendError {
  return new BackendError(
    "compile: a result of a function compiled with { carry: true } is used after the call after the next has begun, which took its place; " +
      "copy what is to be kept (mul(x, 1)), or compile without carry",
  );
}

function justRun<T>(body: () => T): T {
  return body();
}
