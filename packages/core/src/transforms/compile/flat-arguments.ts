import type { Rng } from "../../rng.js";
import { isValue } from "../../tree.js";
import type { Value } from "../../value.js";

/** The arguments of a call taken apart: what changes from call to call, and what decides which program runs. */
export interface FlatArguments {
  /** The same for calls that may share a program: the form, the shapes of arrays, and everything that is no array. */
  readonly key: string;
  readonly values: readonly Value[];
  /** A stream stands there as often as among the arguments. */
  readonly streams: readonly Rng[];
}

/**
 * Arrays, streams and plain data of `args`, in order.
 * @throws TypeError for what is none of these, naming its place
 */
export function flatArguments(args: readonly unknown[]): FlatArguments {
  const values: Value[] = [];
  const streams: Rng[] = [];
  const key = walk(args, "", (leaf, path) => {
    if (isValue(leaf)) {
      values.push(leaf);
      return `array[${leaf.shape.join()}]`;
    }
    if (isRng(leaf)) {
      streams.push(leaf);
      return "rng";
    }
    return plain(leaf, path);
  });
  return { key, values, streams };
}

/** Where each array stands among the arguments, for people: `0.conv1.theta`, `2`. */
export function argumentNames(args: readonly unknown[]): readonly string[] {
  const names: string[] = [];
  walk(args, "", (leaf, path) => {
    if (isValue(leaf)) names.push(path.replace(/^\[(\d+)\]/, "$1"));
    return "";
  });
  return names;
}

/** `args` with other arrays and streams in the place of its own, in the same order. */
export function rebuildArguments(args: readonly unknown[], values: readonly Value[], streams: readonly Rng[]): unknown[] {
  let nextValue = 0;
  let nextStream = 0;
  const rebuilt = (x: unknown): unknown => {
    if (isValue(x)) return values[nextValue++];
    if (isRng(x)) return streams[nextStream++];
    if (Array.isArray(x)) return x.map(rebuilt);
    if (typeof x === "object" && x !== null) return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, rebuilt(child)]));
    return x;
  };
  return args.map(rebuilt);
}

function walk(x: unknown, path: string, leaf: (x: unknown, path: string) => string): string {
  if (Array.isArray(x)) return `[${x.map((child, i) => walk(child, `${path}[${i}]`, leaf)).join()}]`;
  if (!isBranch(x)) return leaf(x, path);
  return `{${Object.entries(x)
    .map(([key, child]) => `${JSON.stringify(key)}:${walk(child, `${path}.${key}`, leaf)}`)
    .join()}}`;
}

function plain(x: unknown, path: string): string {
  if (typeof x === "string") return JSON.stringify(x);
  if (typeof x === "number") return Object.is(x, -0) ? "-0" : `${x}`;
  if (x === null || x === undefined || typeof x === "boolean" || typeof x === "bigint") return `${typeof x} ${String(x)}`;
  const found = typeof x === "object" ? `an object of class ${x.constructor?.name ?? "unknown"}` : `a ${typeof x}`;
  throw new TypeError(
    `compile: among the arguments stands ${found}, at arguments${path}; a compiled function takes arrays, streams of random numbers, ` +
      "numbers, strings, booleans, and plain objects and arrays of them. What does not change from call to call can come from the enclosing scope",
  );
}

/** A plain object that is neither an array of ours nor a stream. */
function isBranch(x: unknown): x is { readonly [key: string]: unknown } {
  if (typeof x !== "object" || x === null || isValue(x) || isRng(x)) return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isRng(x: unknown): x is Rng {
  if (typeof x !== "object" || x === null) return false;
  return (["uniform", "normal", "int", "permutation", "split", "state"] as const).every((name) => typeof (x as Rng)[name] === "function");
}
