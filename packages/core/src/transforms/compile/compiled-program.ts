import { type Backend, type Buffer, createProgram, type Graph, type Program, recorder } from "@paramat/backends";
import { NDArray } from "../../array.js";
import { BackendError, NotDifferentiableError } from "../../errors.js";
import type { Rng } from "../../rng.js";
import { isWatched } from "../../tape.js";
import type { Value } from "../../value.js";
import { type FlatArguments, rebuildArguments } from "./flat-arguments.js";
import { recordedRng } from "./recorded-rng.js";
import { type ResultForm, resultForm } from "./result-form.js";

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
  { values, streams }: FlatArguments,
  target: Backend,
  carry: boolean,
): CompiledProgram<Z> {
  const record = (earlier?: Graph): { readonly graph: Graph; readonly form: ResultForm<Z> } => {
    const recording = recorder(target, earlier);
    const inputs = values.map((x, i) => new NDArray(recording.backend, recording.input(i, x.size), x.shape));
    const draws = streams.map((_, i) => recordedRng(recording, i));
    const form = resultForm(f(...(rebuildArguments(args, inputs, draws) as unknown as A)));
    return { graph: recording.finish(form.values.map((z) => ownBuffer(z, recording.backend))), form };
  };
  // What f makes on the target itself becomes constants, which must outlive the scope that is open now.
  const { program, form } = (target.unscoped ?? justRun)(() => {
    const { graph, form } = record();
    record(graph);
    return { program: createProgram(graph, target, { inputs: values.map(({ size }) => size), carry }), form };
  });
  const resultShapes = form.values.map(({ shape }) => shape);
  let runs = 0;
  return {
    program,
    run(given, sources) {
      const run = ++runs;
      const lease = (): void => {
        if (runs - run >= 2) throw expired();
      };
      // Leases of the run before the last end here, before the arguments are looked at.
      const buffers = given.map((x) => x.array.buffer);
      const results = program.run(buffers, sources);
      return form.rebuild(
        results.map((buffer, i) => new NDArray(target, buffer, resultShapes[i] as readonly number[], carry ? lease : undefined)),
      );
    },
  };
}

function ownBuffer(z: Value, recording: Backend): Buffer {
  if (isWatched(z)) {
    throw new NotDifferentiableError(
      "compile: the function depends on a watched value that is not among its arguments, whose derivative would be lost; pass it as an argument",
    );
  }
  if (z.backend !== recording && z.backend !== recording.records) {
    throw new BackendError(`compile: the function gives an array on ${z.backend.name}; its arguments are on ${recording.records?.name}`);
  }
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
