import { BackendError } from "../../errors.js";
import { showShape } from "../../shape.js";
import { isValue } from "../../tree.js";
import type { Value } from "../../value.js";

/** What a function gave, with its arrays apart from the rest. */
export interface ResultForm<Z> {
  readonly values: readonly Value[];
  /** What stands where, in order: the shapes of arrays, and plain data. */
  readonly words: readonly string[];
  /** Puts other arrays in the place of the result's own, of which it keeps none. */
  readonly rebuild: (values: readonly Value[]) => Z;
}

/** Stands for an array in a result that is taken apart. */
const hole: unique symbol = Symbol("array");

/** @throws TypeError for functions and objects of classes in the result, which would hold on to the recording */
export function resultForm<Z>(result: Z): ResultForm<Z> {
  const values: Value[] = [];
  const words: string[] = [];
  const form = emptied(result, "", (x, path) => {
    if (isValue(x)) values.push(x);
    words.push(`${inWords(x)} at ${path || "the root"}`);
  });
  return { values, words, rebuild: filler<Z>(form) };
}

/**
 * That the function gave the same form when it was recorded again: what is no array is kept as the first recording met it.
 * @throws BackendError naming the first difference
 */
export function requireSameForm(first: readonly string[], second: readonly string[]): void {
  const at = Array.from({ length: Math.max(first.length, second.length) }, (_, i) => i).find((i) => first[i] !== second[i]);
  if (at === undefined) return;
  throw new BackendError(
    `compile: the function's result differs each time it runs: there is ${first[at] ?? "nothing more"}, then ${second[at] ?? "nothing more"}; ` +
      "the program would keep what the recording met: give what changes as an array that is computed of the arguments, or leave it out",
  );
}

function inWords(x: unknown): string {
  if (isValue(x)) return `an array ${showShape(x.shape)}`;
  if (Array.isArray(x)) return `a list of ${x.length}`;
  if (typeof x === "object" && x !== null) return `{ ${Object.keys(x).join(", ")} }`;
  return typeof x === "string" ? JSON.stringify(x) : Object.is(x, -0) ? "-0" : String(x);
}

function filler<Z>(form: unknown): (values: readonly Value[]) => Z {
  return (values) => {
    let next = 0;
    const filled = (x: unknown): unknown => {
      if (x === hole) return values[next++];
      if (Array.isArray(x)) return x.map(filled);
      if (typeof x === "object" && x !== null) return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, filled(child)]));
      return x;
    };
    return filled(form) as Z;
  };
}

function emptied(x: unknown, path: string, meet: (x: unknown, path: string) => void): unknown {
  if (typeof x === "function") throw refused("a function", path);
  meet(x, path);
  if (isValue(x)) return hole;
  if (Array.isArray(x)) return x.map((child, i) => emptied(child, `${path}[${i}]`, meet));
  if (typeof x !== "object" || x === null) return x;
  const prototype: unknown = Object.getPrototypeOf(x);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) throw refused(`an object of class ${x.constructor.name}`, path);
  return Object.fromEntries(Object.entries(x).map(([key, child]) => [key, emptied(child, `${path}.${key}`, meet)]));
}

function refused(found: string, path: string): TypeError {
  const remedy = found.endsWith("Promise") ? "; what is compiled cannot wait" : "";
  return new TypeError(
    `compile: the function gave ${found} at ${path || "the root"} of its result; it must give arrays, plain data, and objects and arrays of them${remedy}`,
  );
}
