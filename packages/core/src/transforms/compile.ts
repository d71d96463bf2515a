import type { Backend, Program } from "@paramat/backends";
import { BackendError } from "../errors.js";
import { namesOfTwo } from "../names-of-two.js";
import { isWatched } from "../tape.js";
import { type CompiledProgram, compiledProgram } from "./compile/compiled-program.js";
import { type FlatArguments, flatArguments } from "./compile/flat-arguments.js";

export interface CompileOptions {
  /** How many programs are kept, one for each form of the arguments (shapes and plain data); the one longest unused goes first. Default 8. */
  readonly maxPrograms?: number;
  /**
   * Whether results lie in one of two sets of places, in turn, in place of new memory: the results of a call may be read, and passed to the next call,
   * until the call after the next begins; then using them is an error. For a loop that passes its state on. Default false.
   */
  readonly carry?: boolean;
}

/** A compiled function; call it like the function. */
export interface Compiled<A extends readonly unknown[], Z> {
  (...args: A): Z;
  /** The program that runs for such arguments; compiled if there is none yet. */
  programFor(...args: A): Program;
  /** The programs that are kept, the one used last at the end. */
  readonly programs: readonly Program[];
}

/**
 * f, recorded at the first call with arguments of a form and run as a program after: fewer kernels, planned memory, the same results up to rounding.
 * @param f of arrays, trees of arrays, streams (Rng) and plain data, to arrays or a tree that may hold plain data too. What it takes from the
 * enclosing scope is kept as it was at the first call
 * @returns f with programs. Where an argument is watched (inside `grad`, say) or being recorded itself, f is simply run
 * @throws BackendError where f reads a value that only a run knows, or computes with numbers that differ each time it runs (random numbers
 * that come from no argument, the time); it names the line. TypeError for arguments or results of other kinds
 * @example
 * import { cpu } from "@paramat/backends";
 * import { compile, mul, ndarray, sum, valueAndGrad } from "@paramat/core";
 * const step = compile(valueAndGrad((x) => sum(mul(x, x))));
 * step(ndarray(cpu(), [1, 2, 3])).gradient.toNested(); // → [2, 4, 6]
 */
export function compile<A extends readonly unknown[], Z>(f: (...args: A) => Z, options: CompileOptions = {}): Compiled<A, Z> {
  const { maxPrograms = 8, carry = false } = options;
  if (!Number.isInteger(maxPrograms) || maxPrograms < 1) {
    throw new RangeError(`compile: maxPrograms is ${maxPrograms}; it must be a whole number ≥ 1`);
  }
  // A Map lists keys in the order they were set: the first is the one longest unused.
  const kept = new Map<string, CompiledProgram<Z>>();
  const backends: Backend[] = [];
  const compiledFor = (args: A, flat: FlatArguments): CompiledProgram<Z> => {
    const target = targetOf(flat);
    if (!backends.includes(target)) backends.push(target);
    const key = `${backends.indexOf(target)} ${flat.key}`;
    const found = kept.get(key) ?? compiledProgram(f, args, flat, target, carry);
    kept.delete(key);
    kept.set(key, found);
    if (kept.size > maxPrograms) kept.delete(kept.keys().next().value as string);
    return found;
  };
  const compiled = (...args: A): Z => {
    const flat = flatArguments(args);
    return isInside(flat) ? f(...args) : compiledFor(args, flat).run(flat.values, flat.streams);
  };
  const programFor = (...args: A): Program => {
    const flat = flatArguments(args);
    if (isInside(flat))
      throw new BackendError(
        "programFor: an argument is watched or being recorded, and the function is simply run there; pass plain arrays",
      );
    return compiledFor(args, flat).program;
  };
  Object.defineProperty(compiled, "programs", { get: () => [...kept.values()].map(({ program }) => program), enumerable: true });
  return Object.assign(compiled, { programFor }) as Compiled<A, Z>;
}

/** Whether another transform or recording is at work on the arguments, which is to see what f does. */
function isInside({ values, streams }: FlatArguments): boolean {
  return values.some((x) => x.backend.records !== undefined || isWatched(x)) || streams.some((stream) => stream.recorded !== undefined);
}

function targetOf({ values }: FlatArguments): Backend {
  const [first] = values;
  if (!first)
    throw new BackendError(
      "compile: no array among the arguments, which say where to compute; pass at least one made by ndarray(backend, …)",
    );
  const other = values.find(({ backend }) => backend !== first.backend);
  if (other) {
    throw new BackendError(
      `compile: arrays live on ${namesOfTwo(first.backend, other.backend)}; move one with toBackend(x, backend) before the call`,
    );
  }
  return first.backend;
}
